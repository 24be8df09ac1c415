"""Values of what was JSON or a table, as what a post needs them to be."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any


def word(value: object) -> str:
    """A name, a text or a number, as text; "" for everything else."""
    if isinstance(value, str):
        return value.strip()
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else ""


def first(held: Mapping[str, Any], *names: str) -> str:
    """The first of these that says something."""
    return next((found for name in names if (found := word(held.get(name)))), "")


def within(held: object, *names: str) -> dict[str, Any]:
    """The object under these names, one within the other; an empty one if there is none."""
    for name in names:
        held = held.get(name) if isinstance(held, dict) else None
    return held if isinstance(held, dict) else {}


def objects(held: object) -> Iterable[dict[str, Any]]:
    """The objects of a list."""
    return (one for one in held if isinstance(one, dict)) if isinstance(held, list) else ()


def words(held: object) -> tuple[str, ...]:
    """The words of a list."""
    return tuple(map(word, held)) if isinstance(held, list) else ()
