"""The folder of a desk: who holds it, originals and other files in it."""
