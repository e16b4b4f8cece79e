"""What stands on a page: its characters, words and lines, what is drawn, and the parts that are read in turn."""
