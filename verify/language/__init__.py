"""Where text leaves the desk: catalogues, rendering, escaping, bidirectional isolation."""

from verify.language.catalogue import languages, nearest, spoken
from verify.language.hostile import clean, escape
from verify.language.rendering import Reader, cell, html, plain, reads_leftwards

__all__ = [
    "Reader",
    "cell",
    "clean",
    "escape",
    "html",
    "languages",
    "nearest",
    "plain",
    "reads_leftwards",
    "spoken",
]
