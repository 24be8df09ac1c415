"""What the desk keeps of a hub: where it stands, what was shared, and what others shared."""
