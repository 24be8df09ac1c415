"""Packs of what others checked: the file that holds one, and what the desk keeps of it."""
