"""Hand-out profiles: what of a case leaves the desk, a profile a file.

They are found by walking this package. A module has

- `NAME`, a word for readers, and `FOR`, a sentence: whom it is for and what it holds;
- `BREADTH`, by which they are ordered: the narrowest is offered first;
- `LEFT_OUT`: what stays behind, as sentences;
- `DEPICTED`: which pictures stand in a report;
- `EVIDENCE`: whether a report has matches, places and findings;
- `ORIGINALS`, `COPIES`, `CUSTODY`: whether the files, the copies made for others and the custody
  record go along;
- `KEYS`: which keys of `case.json` go, level by level; None for all of them;
- `narrowed(case)`: the case with nothing else in it. It names what it takes, so that what is
  added to a record later stays behind until a profile names it;
- `reported(gathered)`: likewise, of what a report is made of.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Mapping
from typing import Protocol, TypeAlias, runtime_checkable

from verify.errors import BadInput
from verify.records import CaseReport, Depicted, Gathered, Sentence, listed, say

Keys: TypeAlias = Mapping[str, "Keys | None"]


@runtime_checkable
class Profile(Protocol):
    """What a module here holds."""

    NAME: Sentence
    FOR: Sentence
    BREADTH: int
    LEFT_OUT: tuple[Sentence, ...]
    DEPICTED: Depicted
    EVIDENCE: bool
    ORIGINALS: bool
    COPIES: bool
    CUSTODY: bool
    KEYS: Keys | None

    def narrowed(self, case: CaseReport, /) -> CaseReport: ...

    def reported(self, gathered: Gathered, /) -> Gathered: ...


def names() -> list[str]:
    """Their names, the narrowest first."""
    found = {name: profile(name) for _, name, _ in pkgutil.iter_modules(__path__)}
    return sorted(found, key=lambda name: found[name].BREADTH)


def narrowest() -> str:
    """The one that is meant where none is named."""
    return names()[0]


def profile(name: str) -> Profile:
    """The profile of this name. Raises BadInput for another one, ImportError for a module that
    lacks its constants."""
    if name not in {known for _, known, _ in pkgutil.iter_modules(__path__)}:
        raise BadInput(
            say("There is no profile {name}: there are {names}.", name=name, names=listed(names()))
        )
    module = importlib.import_module(f"{__name__}.{name}")
    if not isinstance(module, Profile):
        raise ImportError(f"{module.__name__} is no hand-out profile")
    return module


def only(entry: object, keys: Keys | None) -> object:
    """Of JSON the keys that are named, level by level; the entries of a list are one level."""
    if keys is None:
        return entry
    if isinstance(entry, list):
        return [only(one, keys) for one in entry]
    if not isinstance(entry, dict):
        return entry
    return {key: only(entry[key], deeper) for key, deeper in keys.items() if key in entry}
