"""The checks: one file a question, found by walking this package in the order of names.

A check is a module with `PILLAR`, `MEDIA` (the media types it is for, or `{"*"}` for every
picture) and `check(specimen) -> Iterator[Finding]`. It reads the specimen's bytes, fields or
picture, opens no file, and says what it saw, never what to conclude. Where the picture cannot
be decoded, `specimen.problem` says so once for all: a check that needs pixels then yields
nothing.
"""
