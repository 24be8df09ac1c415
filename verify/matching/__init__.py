"""Finds the same picture again: by hash and local features, proved by geometry and pixels."""
