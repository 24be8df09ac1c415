"""The catalogues: one `.po` file per language, read when first needed.

English is the source and needs none. A new language is one new file in `catalogues/`.
"""

from __future__ import annotations

import logging
from functools import cache, lru_cache
from gettext import GNUTranslations, NullTranslations
from importlib import resources
from io import BytesIO

from babel import Locale, UnknownLocaleError
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

SOURCE = "en"
COMPLETE = frozenset({"en", "ar"})  # the tests let no sentence of these go untranslated

_log = logging.getLogger(__name__)


@cache
def languages() -> dict[str, str]:
    """The languages there are, by code, each under its own name: {"ar": "العربية", ...}."""
    folder = resources.files("verify.language") / "catalogues"
    files = (entry.name for entry in folder.iterdir())
    codes = sorted(name.removesuffix(".po") for name in files if name.endswith(".po"))
    return {code: _own_name(code) for code in (SOURCE, *codes)}


def nearest(code: str) -> str:
    """The language among `languages()` for a code such as `ar-SY` or `ar_EG`; else English."""
    return spoken(code) or SOURCE


@lru_cache(maxsize=256)  # codes come from outside
def spoken(code: str) -> str:
    """The same; empty where there is none."""
    base = code.replace("_", "-").split("-")[0].lower()
    return next((known for known in (code, base) if known in languages()), "")


@cache
def translations(language: str) -> NullTranslations:
    """The catalogue of one of `languages()`; an empty one, so English, if it is unreadable."""
    if language == SOURCE:
        return NullTranslations()
    source = resources.files("verify.language") / "catalogues" / f"{language}.po"
    try:
        return compiled(source.read_bytes(), language)
    except (OSError, ValueError):
        _log.exception("the catalogue %s cannot be read", language)
        return NullTranslations()


def compiled(source: bytes, language: str) -> GNUTranslations:
    """Compile a `.po` file in memory. Raises ValueError where it is none."""
    catalogue = read_po(BytesIO(source), locale=language)
    for message in list(catalogue):
        if isinstance(message.string, tuple) and not all(message.string):
            catalogue.delete(message.id)  # Babel would fill it with the wrong English form
    output = BytesIO()
    write_mo(output, catalogue)
    output.seek(0)
    return GNUTranslations(output)


@cache
def right_to_left(language: str) -> bool:
    """Whether the language is written from right to left."""
    return Locale.parse(language).text_direction == "rtl"


def _own_name(code: str) -> str:
    try:
        return Locale.parse(code).get_display_name(code) or code
    except (ValueError, UnknownLocaleError):
        return code
