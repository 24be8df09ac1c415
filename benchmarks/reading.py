"""How well the places and dates of captions are read, beside dateparser and a plain look-up.

Prints, for each language, how many captions are read for certain and rightly, for certain and
wrongly, and where the right reading is among the three that are offered. A place is right within
80 km. A caption that names none is right where nothing is certain; one that must be asked about
is right where nothing is certain and one of its readings is offered. Beside it: dateparser's
`search_dates`, told the language, and a gazetteer that takes the first capitalised name it finds
at its most populous town; both are always certain. Last, the names that
towns of several countries bear.

    python -m benchmarks.reading [FILE...]

Without a FILE it reads the part of benchmarks/data that was set aside, and that for tuning.
"""

from __future__ import annotations

import argparse
import json
import re
import resource
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from verify.folding import fold_words
from verify.places.gazetteer import distances_km
from verify.places.towns import towns
from verify.reading.claimed import read_words
from verify.reading.places import places_in

DATA = Path(__file__).parent / "data"
NEAR_KM = 80.0
SPOKEN = {"en", "ar", "uk", "ru", "fr", "es", "de", "tr", "fa", "pl", "it", "pt", "he", "el", "zh"}

Point = tuple[float, float]


@dataclass(frozen=True)
class Answer:
    """What was read: certain, and the three that are offered."""

    point: Point | None = None
    points: tuple[Point, ...] = ()
    day: str | None = None
    days: tuple[str, ...] = ()


def ours(text: str, language: str) -> Answer:
    """What this project reads."""
    read = read_words(text)  # as `verify-desk read`: nobody knows the day of the post
    spots = [spot for spot in read.places if spot.latitude is not None]
    points = tuple((spot.latitude, spot.longitude) for spot in spots)
    certain = points[0] if read.place.latitude is not None else None
    return Answer(certain, points, read.date or None, read.dates)


def plain(text: str, language: str) -> Answer:
    """dateparser alone for the date; the first name in the gazetteer for the place."""
    from dateparser.search import search_dates

    spoken = [language] if language in SPOKEN else None
    try:
        found = search_dates(text, languages=spoken)
    except Exception:  # it raises many kinds on digits of other scripts
        found = None
    day = found[0][1].date().isoformat() if found else None
    point = _first_name(text)
    return Answer(point, (point,) if point else (), day, (day,) if day else ())


def _first_name(text: str) -> Point | None:
    words = re.findall(r"[^\W\d_]+", text)
    for count in (3, 2, 1):
        for at in range(len(words) - count + 1):
            name = " ".join(words[at : at + count])
            [numbers] = towns().named([fold_words(name)])
            if numbers and (name[0].isupper() or not name.isascii()):
                largest = max(numbers, key=lambda number: int(towns().inhabitants[number]))
                latitude, longitude = towns().points[largest].tolist()
                return latitude, longitude
    return None


def place_mark(caption: dict[str, Any], answer: Answer) -> str:
    """How the place of a caption was read: right, wrong, three, missed or asked."""
    truths = caption.get("places") or ([caption["place"]] if caption.get("place") else [])
    near = [point for point in answer.points[:3] if any(_near(one, point) for one in truths)]
    if caption.get("must_ask"):
        return "wrong" if answer.point else "right" if near else "missed"
    if not truths:
        return "wrong" if answer.point else "right"
    if answer.point:
        return "right" if _near(truths[0], answer.point) else "wrong"
    return "three" if near else "missed"


def _near(truth: dict[str, Any], point: Point) -> bool:
    import numpy as np

    there = np.array([point])
    return float(distances_km(truth["latitude"], truth["longitude"], there)[0]) <= NEAR_KM


def date_mark(caption: dict[str, Any], answer: Answer) -> str:
    """The same for its date; of a day that is told with a time the day counts."""
    day = answer.day.partition("T")[0] if answer.day else None
    days = [one.partition("T")[0] for one in answer.days[:3]]
    if caption.get("must_ask_date"):
        return "wrong" if day else "right" if set(days) & set(caption["dates"]) else "missed"
    if stretch := caption.get("range"):
        truth = f"{stretch['from']}/{stretch['to']}"
    else:
        truth = caption.get("date")
    if truth is None:  # a stretch that is open names no date
        return "wrong" if day and ".." not in day else "right"
    if day:
        return "right" if day == truth else "wrong"
    return "three" if truth in days else "missed"


Mark = Callable[[dict[str, Any], Answer], str]
KINDS = ("right", "wrong", "three", "missed")


def main() -> None:
    """Read the captions and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE")
    files = parser.parse_args().files or [
        DATA / "captions-aside.jsonl",
        DATA / "captions-tuning.jsonl",
    ]
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    begun = time.process_time()
    read_words("Loaded in Aleppo, 2016")
    loaded = time.process_time() - begun
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(f"loaded in {loaded:.1f} s of one core, {(after - before) // 1024} MB at the most,")
    print(f"of which {towns().bytes / 1e6:.1f} MB hold the names of {len(towns().names):,} towns")
    for file in files:
        _file(file)
    print(_shared_names())


def _shared_names() -> str:
    """How often a name by itself is read for certain as a smaller town than another of that name,
    where the towns lie in different countries."""
    known = towns()
    certain = hidden = 0
    names = names_over_borders()
    for name, largest in names:
        found = places_in(f"Explosion in {name}")
        if len(found) == 1 and found[0].certain and found[0].towns:
            certain += 1
            hidden += known.inhabitants[found[0].towns[0]] < known.inhabitants[largest]
    return (
        f"\n{len(names):,} names of towns in several countries: {certain} certain by themselves, "
        f"of which {hidden} hide a larger town"
    )


def names_over_borders() -> list[tuple[str, int]]:
    """Each usual name of a town that a town of another country bears, too, and the number of the
    most populous of that name; the largest first."""
    known = towns()
    usual = {fold_words(name): name for name in reversed(known.names)}
    found = []
    for name, numbers in zip(usual.values(), known.named([*usual]), strict=True):
        if len({known.countries[number] for number in numbers}) > 1:
            largest = max(numbers, key=lambda number: int(known.inhabitants[number]))
            found.append((name, largest))
    return sorted(found, key=lambda pair: -int(known.inhabitants[pair[1]]))


def _file(file: Path) -> None:
    captions = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    for caption in captions:  # names of countries are loaded by language
        ours(caption["text"], caption["language"])
    begun = time.process_time()
    answers = [ours(caption["text"], caption["language"]) for caption in captions]
    took = (time.process_time() - begun) / len(captions) * 1000
    print(f"\n{file.name}: {len(captions)} captions, {took:.1f} ms each")
    others = [plain(caption["text"], caption["language"]) for caption in captions]
    print(f"{'':<14}{'':>5}  {'this project':^24}   {'plain':^15}")
    print(f"{'language':<14}{'of':>5}  {'right wrong three missed':<24}   {'right wrong':<15}")
    for name, mark in (("place", place_mark), ("date", date_mark)):
        _table(name, mark, captions, answers, others)


def _table(
    name: str,
    mark: Mark,
    captions: list[dict[str, Any]],
    answers: list[Answer],
    others: list[Answer],
) -> None:
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    beside: dict[str, Counter[str]] = defaultdict(Counter)
    for caption, answer, other in zip(captions, answers, others, strict=True):
        for language in (caption["language"], "all"):
            counts[language][mark(caption, answer)] += 1
            beside[language][mark(caption, other)] += 1
    for language in sorted(counts, key=lambda one: (one == "all", one)):
        mine, theirs = counts[language], beside[language]
        row = "".join(f"{mine[kind]:>6}" for kind in KINDS)
        row += f"   {theirs['right']:>6}{theirs['wrong']:>6}"
        print(f"{name + ' ' + language:<14}{mine.total():>5}{row}")


if __name__ == "__main__":
    main()
