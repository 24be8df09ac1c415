"""Drawings of ours, of marks, lines and words: nothing of what files show is in them."""
