"""What we remember, and never who asked."""
