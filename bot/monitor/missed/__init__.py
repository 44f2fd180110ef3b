"""What citizens asked and did not get answered: grouped by meaning, each group with what staff decided about it."""
