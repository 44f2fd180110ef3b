"""A month for a head of department: one page with charts and tables, and the same numbers as CSV."""
