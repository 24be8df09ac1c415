"""How times and places are read out of metadata and words; no comparison stands here."""
