"""requirements.lock holds all that pyproject.toml asks for, by hash, and nothing of where from."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
LOCK = (ROOT / "requirements.lock").read_text()
PINS = [Requirement(line.strip(" \\")) for line in re.findall(r"^[a-z].*$", LOCK, re.MULTILINE)]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
ASKED = [
    Requirement(text)
    for text in [*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["test"]]
]


def pinned(name: str) -> list[Requirement]:
    return [pin for pin in PINS if canonicalize_name(pin.name) == canonicalize_name(name)]


@pytest.mark.parametrize("asked", ASKED, ids=lambda asked: asked.name)
def test_the_lock_is_up_to_date_with_what_is_asked_for(asked: Requirement) -> None:
    assert pinned(asked.name)
    for pin in pinned(asked.name):
        (only,) = [one.version for one in pin.specifier]
        assert only in asked.specifier


def test_the_lock_holds_all_that_these_need_in_turn() -> None:
    here = {canonicalize_name(pin.name) for pin in PINS if not pin.marker or pin.marker.evaluate()}
    assert {name for asked in ASKED for name in needed(asked, set())} - here == set()


def test_every_file_has_a_hash_and_no_address() -> None:
    blocks = re.split(r"^(?=[a-z])", LOCK, flags=re.MULTILINE)[1:]
    assert len(blocks) == len(PINS)
    hashed = re.compile(r"[a-z0-9.-]+==[^\\]+\\\n(    --hash=sha256:[0-9a-f]{64}( \\)?\n)+")
    assert [block for block in blocks if not hashed.fullmatch(block)] == []
    assert not re.search(r"://|--(extra-)?index|--find-links", LOCK)


def needed(asked: Requirement, seen: set[str]) -> Iterator[str]:
    """The name, and what the installed package of that name needs on this machine."""
    name = canonicalize_name(asked.name)
    yield name
    for text in requires_of(name) if name + str(asked.extras) not in seen else []:
        seen.add(name + str(asked.extras))
        one = Requirement(text)
        if not one.marker or any(one.marker.evaluate({"extra": e}) for e in (asked.extras or {""})):
            yield from needed(one, seen)


def requires_of(name: str) -> list[str]:
    """Of the pinned version; another one may need other things."""
    try:
        pins = [pin for pin in pinned(name) if version(name) in pin.specifier]
        return (requires(name) or []) if pins else []
    except PackageNotFoundError:
        return []
