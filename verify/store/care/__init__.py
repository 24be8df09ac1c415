"""What is marked as sensitive, and what each person keeps for themselves about looking at it."""
