"""Was the picture said to show something else before?

Reads the claims of today, and those of earlier cases with a matching picture: their words, and the
date and place kept with each, else those in its words.

Outcomes: flagged, an earlier claim has another date or another place than every claim of today;
noted, only the words differ, and date and place are the same; inconclusive, the words differ, and
a date or a place was not read for certain in both. Otherwise there is no finding.

Errs: two claims can put one thing differently, and either may be wrong. Places within 30 km of each
other count as the same, and so do states that claim the same ground, and a day and the next.

Example: then "Homs, 3 May 2012", now "Kyiv, 24 February 2022".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from verify.comparisons import Circumstances
from verify.folding import fold_words
from verify.reading.apart import days_apart, far_apart
from verify.reading.dates import NamedDate, dates_claimed
from verify.reading.places import NamedPlace, places_claimed
from verify.records import Claim, Finding, Match, Outcome, Pillar, Sentence, Value, say

PILLAR = Pillar.PROVENANCE


def compare(circumstances: Circumstances) -> Iterator[Finding]:
    """Flag each earlier claim that differs from every claim of today."""
    told: set[tuple[str, str, str]] = set()
    for match in circumstances.matches:
        earlier = match.earlier_claim
        if not circumstances.claims or not earlier or _key(earlier) in told:
            continue
        told.add(_key(earlier))
        again = [
            one for one in circumstances.claims if fold_words(one.text) == fold_words(earlier.text)
        ]
        # against the claim that comes nearest to it; of equals against the latest
        differences = [(_differences(earlier, one), one) for one in again or circumstances.claims]
        nearest, claim = min(reversed(differences), key=lambda pair: _weight(*pair))
        if not again or nearest[0] or nearest[1]:
            yield _finding(match, earlier, claim, *nearest)


def _key(claim: Claim) -> tuple[str, str, str]:
    return fold_words(claim.text), claim.claimed_at, claim.place


Difference = tuple[Value, Value]  # what was said then, and what is said now
Differences = tuple[Difference | None, Difference | None, bool]  # of date, of place; else the same


def _differences(earlier: Claim, claim: Claim) -> Differences:
    then, there = _read(earlier)
    now, here = _read(claim)
    date = place = None
    dated = all(one.certain for one in (*then, *now))
    placed = all(one.certain for one in (*there, *here))
    if then and now and dated and all(days_apart(one, other) for one in then for other in now):
        date = then[0].shown, now[0].shown
    if there and here and placed and all(far_apart(one, other) for one in there for other in here):
        place = there[0].written, here[0].written
    known = bool(then and now and there and here) and dated and placed
    return date, place, known and not date and not place


def _weight(differences: Differences, claim: Claim) -> tuple[int, bool]:
    date, place, same = differences
    said = any(_read(claim))
    return bool(date) + bool(place) - same, not said


@lru_cache(maxsize=1000)
def _read(claim: Claim) -> tuple[Sequence[NamedDate], Sequence[NamedPlace]]:
    """The dates and places of a claim, which stands beside many others in turn."""
    return dates_claimed(claim), places_claimed(claim)


def _finding(
    match: Match,
    earlier: Claim,
    claim: Claim,
    date: Difference | None,
    place: Difference | None,
    same: bool,
) -> Finding:
    items = ["earliest", "compilation"]
    if date:
        items.append("captured-when")
    if place:
        items.append("landmarks")
    return Finding(
        check="earlier_claim_against_claim",
        pillar=PILLAR,
        outcome=_outcome(date or place, same),
        summary=_summary(match.earlier_case_id, earlier.text, claim.text, date, place, same),
        read_from=f"claim {earlier.id}, claim {claim.id}",
        raw=earlier.text[:300],
        caution=say(
            "Two claims can put the same thing differently, and either may be wrong. Their dates "
            "and places were read from their words or stated at this desk."
        ),
        items=tuple(items),
    )


def _outcome(difference: Difference | None, same: bool) -> Outcome:
    if difference:
        return Outcome.FLAGGED
    return Outcome.NOTED if same else Outcome.INCONCLUSIVE


def _summary(
    case: int,
    earlier: str,
    today: str,
    date: Difference | None,
    place: Difference | None,
    same: bool,
) -> Sentence:
    claims: dict[str, Value] = {"case": case, "earlier": earlier, "today": today}
    dates: dict[str, Value] = {"then": date[0], "now": date[1]} if date else {}
    places: dict[str, Value] = {"there": place[0], "here": place[1]} if place else {}
    if case < 0:
        return _of_post(earlier, today, dates, places, same)
    if date and place:
        return say(
            "Another date and place were claimed in case {case}: then {then}, {there}; now {now}, "
            "{here}.",
            case=case,
            **dates,
            **places,
        )
    if date:
        return say(
            "Another date was claimed in case {case}: then {then}, now {now}.",
            case=case,
            **dates,
        )
    if place:
        return say(
            "Another place was claimed in case {case}: then {there}, now {here}.",
            case=case,
            **places,
        )
    if same:
        return say(
            "In case {case} a matching picture was said to be of the same date and place, in other "
            "words. Then: “{earlier}” Now: “{today}”",
            **claims,
        )
    return say(
        "In case {case} a matching picture was captioned differently. "
        "Then: “{earlier}” Now: “{today}”",
        **claims,
    )


def _of_post(
    earlier: str, today: str, dates: dict[str, Value], places: dict[str, Value], same: bool
) -> Sentence:
    """The same of what a post of the archive said, which no case claims."""
    words: dict[str, Value] = {"earlier": earlier, "today": today}
    if dates and places:
        return say(
            "An archived post said another date and place: then {then}, {there}; now {now}, "
            "{here}.",
            **dates,
            **places,
        )
    if dates:
        return say("An archived post said another date: then {then}, now {now}.", **dates)
    if places:
        return say("An archived post said another place: then {there}, now {here}.", **places)
    if same:
        return say(
            "An archived post with a matching picture said the same date and place, in other "
            "words. Then: “{earlier}” Now: “{today}”",
            **words,
        )
    return say(
        "An archived post with a matching picture said something else. "
        "Then: “{earlier}” Now: “{today}”",
        **words,
    )
