"""What we make of the cells: one paper flows through the stages once, nothing flows back."""
