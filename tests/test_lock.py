"""The locks hold what pyproject.toml asks for, by hash, and nothing of where from: all of it, and
only what runs the desk."""

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
MADE = tomllib.loads((ROOT / "pyproject.toml").read_text())
RUNS = [*MADE["project"]["dependencies"], *MADE["dependency-groups"]["build"]]
TESTS = MADE["project"]["optional-dependencies"]["test"]
ASKED = {
    "requirements.lock": [*map(Requirement, RUNS)],
    "requirements-test.lock": [*map(Requirement, RUNS + TESTS)],
}
TEXTS = {name: (ROOT / name).read_text() for name in ASKED}
PINS = {
    name: [Requirement(line.strip(" \\")) for line in re.findall(r"^[a-z].*$", text, re.MULTILINE)]
    for name, text in TEXTS.items()
}
ALL = PINS["requirements-test.lock"]


def pinned(name: str, pins: list[Requirement] = ALL) -> list[Requirement]:
    return [pin for pin in pins if canonicalize_name(pin.name) == canonicalize_name(name)]


@pytest.mark.parametrize("lock", ASKED)
def test_a_lock_is_up_to_date_with_what_is_asked_for(lock: str) -> None:
    for asked in ASKED[lock]:
        assert pinned(asked.name, PINS[lock]), asked
        for pin in pinned(asked.name, PINS[lock]):
            (only,) = [one.version for one in pin.specifier]
            assert only in asked.specifier


@pytest.mark.parametrize("lock", ASKED)
def test_a_lock_holds_all_that_these_need_in_turn(lock: str) -> None:
    pins = PINS[lock]
    here = {canonicalize_name(pin.name) for pin in pins if not pin.marker or pin.marker.evaluate()}
    assert {name for asked in ASKED[lock] for name in needed(asked, set())} - here == set()


def test_what_runs_is_what_was_tested_and_nothing_that_tests_alone() -> None:
    runs = PINS["requirements.lock"]
    assert {*map(str, runs)} < {*map(str, ALL)}
    needs = {name for asked in ASKED["requirements.lock"] for name in needed(asked, set())}
    for only_tests in map(Requirement, TESTS):
        name = canonicalize_name(only_tests.name)
        assert bool(pinned(name, runs)) is (name in needs), name


@pytest.mark.parametrize("lock", ASKED)
def test_every_file_has_a_hash_and_no_address(lock: str) -> None:
    blocks = re.split(r"^(?=[a-z])", TEXTS[lock], flags=re.MULTILINE)[1:]
    assert len(blocks) == len(PINS[lock])
    hashed = re.compile(r"[a-z0-9.-]+==[^\\]+\\\n(    --hash=sha256:[0-9a-f]{64}( \\)?\n)+")
    assert [block for block in blocks if not hashed.fullmatch(block)] == []
    assert not re.search(r"://|--(extra-)?index|--find-links", TEXTS[lock])


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
