"""What must be empty at the end of a run that tries to break a desk."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed import DataclassInstance


def exit_status(wrong: DataclassInstance) -> int:
    """Print a line for each kind of wrong, with its first ten; 1 if there is any, else 0.

    wrong: a dataclass with a list for each kind.
    """
    kinds = {kind.name: getattr(wrong, kind.name) for kind in fields(wrong)}
    for name, found in kinds.items():
        print(f"{name:<28}{len(found):>8}  {' '.join(map(str, found[:10]))}")
    return 1 if any(kinds.values()) else 0
