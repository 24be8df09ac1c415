"""The evidence in a report: exhibits, what was seen before, posts, findings by pillar."""

from __future__ import annotations

from collections.abc import Iterator

from verify.layouts.report.telling import Telling
from verify.layouts.text import match_lines
from verify.records import (
    Block,
    Bullets,
    Code,
    Entry,
    ExhibitReport,
    Figure,
    Finding,
    Heading,
    KeptPost,
    Line,
    Match,
    Outcome,
    Pillar,
    Section,
    Sentence,
    Shown,
    Table,
    say,
)
from verify.wording import covers, files, sightings
from verify.wording import report as wording
from verify.wording.findings import details, in_heading
from verify.wording.matches import again, concluded, earliest_first, looks_alike, none_found
from verify.wording.posts import heading, when
from verify.wording.terms import word

_MOST_POSTS = 200
_MANY = 6  # exhibits, whose pictures are shown smaller
_SEVERAL = 3  # exhibits, for which a list of them helps
_ORDER = tuple(Outcome)


def exhibits(tell: Telling) -> Section:
    """Each file: its picture, its digest, how it came."""
    blocks: list[Block] = [*_list(tell)]
    for number, exhibit in tell.numbered:
        title = tell(wording.exhibit(number))
        blocks += [Heading(id=f"exhibit-{number}", text=title), *_exhibit(tell, number, exhibit)]
    return Section(id="exhibits", title=tell(wording.EXHIBITS), blocks=tuple(blocks))


def _list(tell: Telling) -> Iterator[Block]:
    """Of several exhibits, each with what there is of it, without columns that say nothing."""
    if len(tell.numbered) < _SEVERAL:
        return
    verdicts = {one.exhibit_id: word(one.rating) for one in tell.latest_verdicts()}
    rows = [
        (
            wording.exhibit(number),
            one.filename,
            len(one.matches) or "",
            len({tell(f.summary) for f in one.findings if f.outcome is Outcome.FLAGGED}) or "",
            verdicts.get(one.exhibit_id, ""),
        )
        for number, one in tell.numbered
    ]
    header = wording.EXHIBIT_COLUMNS
    filled = [at for at in range(len(header)) if any(row[at] for row in rows)]
    yield Table(
        header=tuple(tell(header[at]) for at in filled),
        rows=tuple(tuple(tell(row[at]) for at in filled) for row in rows),
        links=tuple(f"exhibit-{number}" for number, _ in tell.numbered),
    )


def _exhibit(tell: Telling, number: int, exhibit: ExhibitReport) -> Iterator[Block]:
    if tell.known.pictures:
        shown = tell.known.pictures.get(exhibit.exhibit_id, Shown())
        lines = wording.drawing(number) if shown.covered else wording.picture(number)
        yield from _figure(tell, shown, lines)
    if exhibit.sha256:
        yield Code(label="SHA-256", text=exhibit.sha256)
    lines_: list[Sentence] = []
    if exhibit.size:
        lines_.append(
            files.received(exhibit.filename, exhibit.sent_as, exhibit.size, exhibit.received_at)
        )
    if exhibit.examination:
        lines_.append(files.kind(exhibit.examination))
    if exhibit.sealed:
        lines_.append(say("Its source is sealed."))
    if exhibit.withheld:
        lines_.append(covers.withheld())
    yield from (Line(text=tell(line)) for line in lines_)
    yield from _sightings(tell, exhibit)


def _sightings(tell: Telling, exhibit: ExhibitReport) -> Iterator[Block]:
    claims = {claim.text for claim in tell.known.case.claims}
    for seen in tell.known.case.sightings:
        if seen.exhibit_id != exhibit.exhibit_id or not seen.received_from:
            continue
        yield Line(text=tell(sightings.sighting(seen)))
        if seen.links:
            yield Bullets(items=tuple(map(tell, seen.links)))
        for more in (sightings.accounts(seen), sightings.caption(seen, claims)):
            if more:
                yield Line(text=tell(more))


def _figure(tell: Telling, shown: Shown, alt: Sentence, caption: str = "") -> Iterator[Block]:
    if shown.picture is None:
        yield Line(text=tell(wording.NO_PICTURE), kind="small")
        return
    kinds = tuple(dict.fromkeys(kind for one in shown.picture.covers for kind in one.kinds))
    cover = tell(say("Covered: {kinds}.", kinds=covers.kinds(kinds))) if shown.covered else ""
    yield Figure(
        image=shown.picture.jpeg,
        alt=tell(alt),
        caption=caption,
        cover=cover,
        small=len(tell.numbered) > _MANY,
    )


def matches(tell: Telling) -> Section:
    """What each exhibit was found alike with, the earliest first, side by side."""
    blocks: list[Block] = []
    nothing: dict[str, list[int]] = {}
    for number, exhibit in tell.numbered:
        if not (exhibit.matches or exhibit.later or exhibit.alike):
            nothing.setdefault(tell(none_found(exhibit)), []).append(number)
            continue
        if len(tell.numbered) > 1:
            title = tell(wording.exhibit(number))
            blocks.append(Heading(id=f"matches-{number}", text=title))
        for match in earliest_first(exhibit.matches):
            blocks += _match(tell, number, match)
        undrawn = sum(match.id not in tell.known.cards for match in exhibit.matches)
        if tell.known.pictures and undrawn:
            blocks.append(Line(text=tell(wording.words_only(undrawn)), kind="small"))
        blocks += [Line(text=tell(again(match))) for match in exhibit.later]
        blocks += [Line(text=tell(looks_alike(match))) for match in exhibit.alike]
    blocks += _of_the_others(tell, "no-matches", nothing, bool(blocks))
    return Section(id="matches", title=tell(wording.MATCHES), blocks=tuple(blocks))


def _of_the_others(
    tell: Telling, id: str, said: dict[str, list[int]], others: bool
) -> Iterator[Block]:
    """What is said alike of exhibits of which there is nothing to show: by it, their numbers.
    others: whether something is shown of others."""
    if said and others:
        yield Heading(id=id, text=tell(wording.THE_OTHERS))
    for text, numbers in said.items():
        if len(tell.numbered) > 1:
            text = f"{tell(wording.of_exhibits(numbers, len(tell.numbered)))} {text}"
        yield Line(text=text)


def _match(tell: Telling, number: int, match: Match) -> Iterator[Block]:
    first, *rest = (line.strip() for line in match_lines([match], tell, in_full=True))
    yield Line(text=first, kind="strong")
    if match.id in tell.known.cards:
        yield from _figure(tell, tell.known.cards[match.id], wording.side_by_side(number))
    yield from (Line(text=line) for line in rest)
    yield from (Line(text=tell(line)) for line in concluded(match))


def posts(tell: Telling) -> Section:
    """Where exhibits and their copies stood, in the order of time."""
    blocks: list[Block] = []
    nothing: dict[str, list[int]] = {}
    for number, exhibit in tell.numbered:
        found = tell.known.seen.get(exhibit.exhibit_id)
        if found is None:
            continue
        if not found.posts:
            for line in heading(found):
                nothing.setdefault(tell(line), []).append(number)
            continue
        if len(tell.numbered) > 1:
            blocks.append(Heading(id=f"posts-{number}", text=tell(wording.exhibit(number))))
        blocks += [Line(text=tell(line)) for line in heading(found)]
        named = [one for one in found.posts if one.shown_by or not one.account_id]
        if found.posts and not named:
            lines = [tell(wording.post(one)) for one in found.posts[:_MOST_POSTS]]
            blocks.append(Bullets(items=tuple(lines), numbered=True))
        elif found.posts:
            rows = tuple(_row(tell, one) for one in found.posts[:_MOST_POSTS])
            header = tuple(map(tell, wording.POST_COLUMNS))
            blocks.append(Table(header=header, rows=rows, codes=(0, 3)))
        if more := len(found.posts[_MOST_POSTS:]):
            blocks.append(Line(text=tell(wording.more_posts(more)), kind="small"))
    blocks += _of_the_others(tell, "no-posts", nothing, bool(blocks))
    return Section(id="posts", title=tell(wording.POSTS), blocks=tuple(blocks))


def _row(tell: Telling, one: KeptPost) -> tuple[str, ...]:
    account = one.shown_by or say("an unknown account")
    return tuple(map(tell, (when(one), account, one.post.network, one.post.link)))


def findings(tell: Telling) -> Section:
    """What was found, pillar by pillar; under each where it was read and what it cannot show."""
    blocks: list[Block] = [Line(text=tell(wording.CAUTION), kind="small")]
    several = len(tell.numbered) >= _SEVERAL  # kind and size stand with each exhibit
    for pillar in Pillar:
        found = [
            (number, one)
            for number, exhibit in tell.numbered
            for one in exhibit.findings
            if one.pillar is pillar and not (several and in_heading(one))
        ]
        if found:
            blocks.append(Heading(id=f"findings-{pillar}", text=tell(word(pillar))))
        found.sort(key=lambda pair: _ORDER.index(pair[1].outcome))
        blocks += _together(tell, found)
    return Section(id="findings", title=tell(wording.FINDINGS), blocks=tuple(blocks))


def _together(tell: Telling, found: list[tuple[int, Finding]]) -> Iterator[Entry]:
    """An entry for each finding, in their order; what is said alike of an exhibit is one, and of
    several where there are many, but for flags, each of which stays with its exhibit.

    found: with the number of its exhibit.
    """
    alike: dict[object, list[int]] = {}
    first: dict[object, Finding] = {}
    for number, one in found:
        said = tell(one.summary), *map(tell, details(one))
        alone = one.outcome is Outcome.FLAGGED or len(tell.numbered) < _SEVERAL
        key: object = number if alone else None, one.outcome, said
        first.setdefault(key, one)
        numbers = alike.setdefault(key, [])
        numbers += [number] if number not in numbers else []
    for key, one in first.items():
        said_of = wording.of_exhibits(alike[key], len(tell.numbered))
        text = say("{exhibits} {said}", exhibits=said_of, said=one.summary)
        yield Entry(
            kind=one.outcome,
            mark=tell(word(one.outcome)),
            text=tell(text if len(tell.numbered) > 1 else one.summary),
            details=tuple(map(tell, details(one))),
        )
