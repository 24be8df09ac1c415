"""What is said of a match: how the pictures lie, how close, since when, claimed as what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import replace

from verify.records import (
    CaseReport,
    Chance,
    Claim,
    Corners,
    ExhibitReport,
    Finding,
    FirstSeen,
    Instant,
    Match,
    Orientation,
    Outcome,
    Sentence,
    Value,
    View,
    ViewKind,
    area,
    film_time,
    listed,
    say,
    say_many,
)
from verify.wording import stretches
from verify.wording.terms import word

_RARE, _RARER, _RAREST = 0.1, 1e-3, 1e-12
_NEARLY_ALL = 0.85  # of a picture's area
_MOST = 0.6  # the same: a strip that is all of it may seem to have less
_ALL_ALIKE = 0.98  # of what is compared
_NEAR_BITS = 16  # of a fingerprint, of pictures with too few details to compare
_BESIDE = {
    ViewKind.PREVIEW: say("the preview inside this file"),
    ViewKind.WITHOUT_TRANSPARENCY: say("this picture without its transparency"),
    ViewKind.ON_BLACK: say("this picture on black"),
    ViewKind.INVERTED: say("this picture with its tones inverted"),
}
_BESIDE_EARLIER = {
    ViewKind.PREVIEW: say("the preview inside its file"),
    ViewKind.WITHOUT_TRANSPARENCY: say("that picture without its transparency"),
    ViewKind.ON_BLACK: say("that picture on black"),
}


def seen(match: Match) -> Sentence:
    """Where it was seen before, and how it lies against the earlier picture.

    Of the very same file in another case it is said only of the one it first came to: to the
    others it may have come later.
    """
    first, other = match.first_seen.case_id, match.earlier_case_id
    if match.method == "sha256" and other not in (first, match.case_id) and first:
        return say("Also {where}", where=_lies(match))
    return say("Seen before {where}", where=_lies(match))


def held(case_id: int) -> Sentence:
    """Where an earlier picture is: a case, or the archive of posts, whose shelves have no number
    that people know."""
    return say("case {number}", number=case_id) if case_id > 0 else say("the archive")


def _lies(match: Match) -> Sentence:
    """Where the earlier picture is, and how the two lie against each other."""
    place = held(match.earlier_case_id)
    if match.method == "sha256":
        return say("in {place}, the very same file", place=place)
    if match.shown:
        return say("in {place}: {which}", place=place, which=stretches.shown(match))
    if match.in_part and (match.view.at_ms is None or match.earlier_view.at_ms is not None):
        return _in_part(match, place)
    if which := _BESIDE.get(match.view.kind) or _frame(match.view):
        return say("in {place}: {which}", place=place, which=which)
    if which := _BESIDE_EARLIER.get(match.earlier_view.kind) or _frame(match.earlier_view):
        return say("in {place}, as {which}", place=place, which=which)
    lies = say("in {place}", place=place)
    here, there = _share(match.region), _share(match.earlier_region)
    if max(here, there) < _MOST:
        lies = say("in {place}: each shows a part of the other", place=place)
    elif min(here, there) < _NEARLY_ALL:
        lies = say("in {place}, as a part of this picture", place=place)
        if here > there:
            lies = say("in {place}, within a larger picture", place=place)
    if match.orientation is Orientation.ORIGINAL:
        return lies
    return say("{where}, {orientation}", where=lies, orientation=word(match.orientation))


def _in_part(match: Match, place: Sentence) -> Sentence:
    """Of a film of which a few pictures were looked at: neither that all of it was there, nor when
    is known yet."""
    if match.orientation is Orientation.ORIGINAL:
        return say("in {place}: at least one picture of this film", place=place)
    return say(
        "in {place}: at least one picture of this film, {orientation}",
        place=place,
        orientation=word(match.orientation),
    )


def _frame(view: View) -> Sentence | None:
    """Which frame of what moves a view is; None for all else."""
    if view.at_ms is None:
        return None
    if view.at_ms >= 60_000:
        return say("the frame at {time}", time=film_time(view.at_ms / 1000))
    return say("the frame at {seconds} s", seconds=round(view.at_ms / 1000, 1))


def whole(match: Match) -> bool:
    """Whether each of the two pictures shows about all of the other."""
    return not _part(match.region) and not _part(match.earlier_region)


def near_copy(match: Match) -> bool:
    """Whether the two pictures show the same and nothing else, so that what was concluded about one
    is worth telling of the other.

    Copies of photographs in other quality, size, colours and mirrored are alike in 0.98 of what is
    compared, or more; with a sticker, a cover, arrows or a watermark on them mostly in less.
    """
    if match.proof:
        return whole(match) and match.proof.agreement >= _ALL_ALIKE
    return match.distance is not None and match.distance <= _NEAR_BITS and whole(match)


def _part(region: Corners | None) -> bool:
    """Whether a region leaves out much of its picture."""
    return _share(region) < _NEARLY_ALL


def _share(region: Corners | None) -> float:
    """Of its picture's area."""
    return 1.0 if region is None else area(region)


def alike(match: Match) -> Sentence | None:
    """What lines up between the two pictures, in one line; None for the same bytes."""
    if match.method == "sha256":
        return None
    if match.proof:
        return say_many(
            "{count} detail lines up, {share} % looks alike.",
            "{count} details line up, {share} % looks alike.",
            match.proof.inliers,
            share=round(match.proof.agreement * 100),
        )
    if match.distance is not None:
        return say(
            "The fingerprints of the two pictures agree in {same} of 256 bits.",
            same=256 - match.distance,
        )
    return None


def closeness(match: Match) -> Iterator[Sentence]:
    """Which step found it and how far the two pictures are from each other."""
    if match.method == "sha256":
        return
    if match.distance is None:
        yield say("Found by its details: the fingerprints of the whole pictures differ.")
    else:
        if match.method == "pdq-inner":
            yield say(
                "Found by the fingerprint of a part: the picture inside bars or a frame, "
                "or one put into another."
            )
        yield say_many(
            "{count} of the fingerprint's 256 bits differs.",
            "{count} of the fingerprint's 256 bits differ.",
            match.distance,
        )


def since(seen: FirstSeen) -> Sentence:
    """When and from whom it is first known: by the post's time or by receipt, saying which."""
    when = Instant(at=seen.at)
    if seen.by_link:
        return say("posted on {network} {when}, by its link", network=seen.network, when=when)
    if seen.posted and seen.source and seen.others:
        return say_many(
            "posted {time} by {source}, then by {count} other",
            "posted {time} by {source}, then by {count} others",
            seen.others,
            time=_posted(seen),
            source=seen.source,
        )
    if seen.posted and seen.source:
        return say("posted {when} by {source}", when=_posted(seen), source=seen.source)
    if seen.posted:
        return say("posted {when}, by whom is not given", when=_posted(seen))
    if seen.source:
        return say("received here {when}, coming from {source}", when=when, source=seen.source)
    if seen.received_from:
        return say("received here {when} from {person}", when=when, person=seen.received_from)
    return say("received here {when}", when=when)


def _posted(seen: FirstSeen) -> Value:
    """When it was posted: a point in time, or until when."""
    when = Instant(at=seen.at)
    return say("by {when} at the latest", when=when) if seen.by_then else when


def first(match: Match) -> Sentence:
    """Since when the earlier picture is known, by what this desk knows."""
    known = match.first_seen
    if not first_itself(match) and known.case_id > 0:
        return say("First {since} (case {number})", since=since(known), number=known.case_id)
    return say("First {since}", since=since(known))


def source(known: FirstSeen) -> Sentence | None:
    """That nobody told where it stood before it came here."""
    if known.posted or known.by_link or known.source:
        return None
    return say("original source not given")


def concluded(match: Match) -> list[Sentence]:
    """What was concluded about the earlier picture, where its case still stands."""
    if match.earlier_verdict is None:
        return []
    return [
        say(
            "Concluded about it in case {number}: {rating}.",
            number=match.earlier_verdict.case_id,
            rating=word(match.earlier_verdict.rating),
        )
    ]


def claims(match: Match, report: CaseReport) -> list[Sentence]:
    """The earlier claim, and below it today's where they differ."""
    own = [claim for claim in report.claims if claim.exhibit_id in (None, match.exhibit_id)]
    today, earlier = (own[-1] if own else None), match.earlier_claim
    if earlier is None:
        return []
    if today is None or today.text == earlier.text:
        return [said_then(earlier)]
    return [said_then(earlier), _said_now(today)]


def said_then(claim: Claim) -> Sentence:
    """What was said about the earlier picture."""
    if claim.claimant:
        return say("{claimant} said then: “{claim}”", claimant=claim.claimant, claim=claim.text)
    return say("Said then: “{claim}”", claim=claim.text)


def _said_now(claim: Claim) -> Sentence:
    if claim.claimant:
        return say("{claimant} says now: “{claim}”", claimant=claim.claimant, claim=claim.text)
    return say("Said now: “{claim}”", claim=claim.text)


def likelihood(chance: Chance) -> Sentence:
    """In a short clause, whether chance explains a match by this method in this archive."""
    if chance.expected > _RARE:
        return say("May be mere chance: look closely.")
    if chance.expected > _RARER:
        return say("Unlikely to be chance.")
    return say("Very unlikely to be chance.")


def chance(chance: Chance) -> Sentence:
    """How many matches this close chance alone would give; small numbers as one in so many."""
    expected = float(f"{chance.expected:.2g}")
    if expected > _RARE:
        if chance.bound:
            return say(
                "In an archive of this size, chance alone would give fewer than {number} matches"
                " this close.",
                number=expected,
            )
        return say(
            "In an archive of this size, chance alone would give about {number} matches"
            " this close.",
            number=expected,
        )
    archives = round(float(f"{1 / max(expected, _RAREST):.2g}"))
    if chance.bound:
        return say_many(
            "Chance alone would give fewer than one match this close in {count} archive of this"
            " size.",
            "Chance alone would give fewer than one match this close in {count} archives of this"
            " size.",
            archives,
        )
    return say_many(
        "Chance alone would give about one match this close in {count} archive of this size.",
        "Chance alone would give about one match this close in {count} archives of this size.",
        archives,
    )


def measured() -> Sentence:
    """From which pictures the figure of `chance` comes."""
    return say(
        "Measured on thousands of public photographs of people, streets, sport, animals, "
        "landscapes and houses. Screenshots and drawings may behave differently."
    )


def earliest_first(matches: Iterable[Match]) -> list[Match]:
    """In the order in which the earlier pictures were first seen; of equals as they came."""
    return sorted(matches, key=lambda match: (match.first_seen.at, not first_itself(match)))


def stood_first(report: CaseReport) -> tuple[FirstSeen, int] | None:
    """Of copies of what is in a case the one that stood first, which may be an exhibit itself, and
    of which exhibit; None where no exhibit has a copy elsewhere."""
    stood = [
        (replace(one, case_id=one.case_id or match.earlier_case_id), exhibit.exhibit_id)
        for exhibit in report.exhibits
        for match in exhibit.matches
        for one in [match.first_seen]
    ]
    stood += [
        (exhibit.first_known, exhibit.exhibit_id)
        for exhibit in report.exhibits
        if exhibit.first_known
        if exhibit.matches or exhibit.first_known.case_id != report.id
    ]
    return min(stood, key=lambda one: one[0].at, default=None)


def first_itself(match: Match) -> bool:
    """Whether the earlier picture itself was first seen then, and no copy of it."""
    return match.first_seen.case_id in (0, match.earlier_case_id)


def first_known(match: Match) -> Sentence:
    """As `first`, and whether the original source is given."""
    if missing := source(match.first_seen):
        return say("{first}, {missing}", first=first(match), missing=missing)
    return first(match)


def brief(match: Match) -> Sentence:
    """All of it in one line: in which case, how it lies, since when."""
    return say("{match}. {first}.", match=seen(match), first=first_known(match))


def in_short(match: Match) -> Sentence:
    """As `brief`, without how and from whom it first came."""
    when = Instant(at=match.first_seen.at)
    return say("{match}. First seen {when}.", match=seen(match), when=when)


def again(match: Match) -> Sentence:
    """Where what came later shows it, as a sentence of its own."""
    return say(
        "It was seen again later in case {number}, {orientation}.",
        number=match.case_id,
        orientation=word(match.orientation),
    )


def seen_later(exhibit: ExhibitReport) -> Sentence:
    """The other cases in which an exhibit was seen again later, of which there are some."""
    numbers = sorted({match.case_id for match in exhibit.later} - {exhibit.case_id})
    return say("Seen again later: {which}", which=cases(numbers))


def cases(numbers: Sequence[int]) -> Sentence:
    """Cases by their numbers, within a sentence. numbers: at least one."""
    if len(numbers) == 1:
        return say("case {number}", number=numbers[0])
    return say("cases {numbers}", numbers=listed(numbers))


def again_in_brief(match: Match) -> Sentence:
    """The line of a match under a heading that names the case."""
    return say(
        "In case {number}, {orientation}.",
        number=match.case_id,
        orientation=word(match.orientation),
    )


def looks_alike(match: Match) -> Sentence:
    """That an earlier picture looks alike where the two overlap, and who has to look."""
    return say(
        "Looks alike, not proven: a picture in {place}, {since}. Compare the two by eye.",
        place=held(match.earlier_case_id),
        since=since(match.first_seen),
    )


def without_match(exhibit: ExhibitReport) -> Sequence[Sentence]:
    """What is said where no match is: what looks alike, else that there is none."""
    return [*map(looks_alike, exhibit.alike)] or [none_found(exhibit)]


def none_found(exhibit: ExhibitReport) -> Sentence:
    """What no match means, and what it does not."""
    if exhibit.examination is None:
        return say("This exhibit has not been examined yet.")
    if not comparable(exhibit):
        return _not_compared(exhibit)
    return say("Not seen at this desk before. It may still exist elsewhere.")


def _not_compared(exhibit: ExhibitReport) -> Sentence:
    if any(finding.check == "quality" for finding in filter(hinders_search, exhibit.findings)):
        return say(
            "Too even to be told from other pictures: only the same file is surely found again."
        )
    return say("It cannot be compared with other pictures: ask for another copy.")


def comparable(exhibit: ExhibitReport) -> bool:
    """Whether the picture could be looked for in the archive at all."""
    return not any(hinders_search(finding) for finding in exhibit.findings)


def hinders_search(finding: Finding) -> bool:
    """Whether the picture did not decode, or has too little detail to be looked for."""
    if finding.check == "quality":
        return "earliest" in finding.items
    return finding.outcome is Outcome.FAILED and finding.check in ("decoding", "sandbox")
