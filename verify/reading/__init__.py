"""How times and places are read out of metadata and words; no comparison stands here."""

READING_VERSION = 3  # of the rules; claims that others read are read again
