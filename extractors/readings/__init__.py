"""What independent readers have where figures stand."""
