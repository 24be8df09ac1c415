"""How well a town is known, and where a language is at home."""

from __future__ import annotations

from verify.places.towns import towns

_ARAB = "SY IQ PS LB JO EG SA YE OM AE QA BH KW SD SS LY TN DZ MA EH MR SO DJ TD ER KM IL"
SCRIPT_LANDS = {
    "ar": frozenset(_ARAB.split()),
    "fa": frozenset(["IR", "AF", "TJ", "IQ", "SY", "PK", "AZ", "PS", "LB", "UZ", "TM"]),
    "he": frozenset(["IL", "PS", "LB", "SY", "JO", "EG"]),
}
FAMOUS, WELL_KNOWN, KNOWN = 1.5e7, 2.0e6, 1.5e5  # of `Towns.weights`
_NAMED_IN_WARS = 40


def weighty(town: int) -> bool:
    """Whether a town is known the world over, or by news of wars."""
    known = towns()
    return bool(known.weights[town] >= WELL_KNOWN or known.known[town] >= _NAMED_IN_WARS)


def at_home(language: str, town: int) -> bool:
    """Whether a town lies where a language is spoken."""
    return towns().countries[town] in _HOMES.get(language, frozenset())


_HOMES = {
    **SCRIPT_LANDS,
    "fa": frozenset(["IR", "AF", "TJ", "IQ", "SY", "PS", "LB"]),
    "he": frozenset(["IL", "PS"]),
    "uk": frozenset(("UA",)),
    "ru": frozenset(["RU", "UA", "BY", "KZ"]),
    "tr": frozenset(["TR", "CY", "AZ"]),
    "de": frozenset(["DE", "AT", "CH"]),
    "pl": frozenset(("PL",)),
    "it": frozenset(("IT",)),
    "pt": frozenset(["BR", "PT", "AO", "MZ"]),
    "el": frozenset(["GR", "CY"]),
}
