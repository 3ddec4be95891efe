"""A farm's files to values and back."""
