"""Names of towns that are sure to be used: what languages call the world's large towns.

GeoNames' lists hold a good deal that nobody writes, such as Oklan for Auckland. Sure are Unicode
CLDR's names of the cities of time zones, as Babel ships them, and those in `data/additions.tsv`.
"""

from __future__ import annotations

from functools import cache
from importlib import resources

from babel import Locale

from verify.folding import fold_words

LANGUAGES = (
    "en",
    "ar",
    "uk",
    "ru",
    "fr",
    "es",
    "de",
    "tr",
    "fa",
    "pl",
    "it",
    "pt",
    "he",
    "el",
    "zh",
    "nl",
    "cs",
    "ro",
)


@cache
def sure_names() -> frozenset[str]:
    """Folded names, in any language."""
    names = {
        fold_words(zone["city"])
        for language in LANGUAGES
        for zone in Locale(language).time_zones.values()
        if "city" in zone
    }
    text = (resources.files("verify.places") / "data" / "additions.tsv").read_text("utf-8")
    for line in text.splitlines():
        if line and not line.startswith("#"):
            _, name, _, *further = line.split("\t")
            names.add(fold_words(name))
            names.update(map(fold_words, "|".join(further).split("|")))
    return frozenset(names - {""})
