"""What a file is, and whether it can be opened safely."""
