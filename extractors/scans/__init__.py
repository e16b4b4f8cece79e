"""Pages that are pictures, read by two readers of pictures."""
