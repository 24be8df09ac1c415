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
from verify.wording.findings import details
from verify.wording.matches import again, concluded, earliest_first, none_found
from verify.wording.posts import heading, when
from verify.wording.terms import word

_MOST_POSTS = 200
_ORDER = tuple(Outcome)


def exhibits(tell: Telling) -> Section:
    """Each file: its picture, its digest, how it came."""
    blocks: list[Block] = []
    for number, exhibit in tell.numbered:
        title = tell(wording.exhibit(number))
        blocks += [Heading(id=f"exhibit-{number}", text=title), *_exhibit(tell, number, exhibit)]
    return Section(id="exhibits", title=tell(wording.EXHIBITS), blocks=tuple(blocks))


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
    yield Figure(image=shown.picture.jpeg, alt=tell(alt), caption=caption, cover=cover)


def matches(tell: Telling) -> Section:
    """What each exhibit was found alike with, the earliest first, side by side."""
    blocks: list[Block] = []
    for number, exhibit in tell.numbered:
        if len(tell.numbered) > 1:
            title = tell(wording.exhibit(number))
            blocks.append(Heading(id=f"matches-{number}", text=title))
        for match in earliest_first(exhibit.matches):
            blocks += _match(tell, number, match)
        undrawn = sum(match.id not in tell.known.cards for match in exhibit.matches)
        if tell.known.pictures and undrawn:
            blocks.append(Line(text=tell(wording.words_only(undrawn)), kind="small"))
        blocks += [Line(text=tell(again(match))) for match in exhibit.later]
        if not exhibit.matches and not exhibit.later:
            blocks.append(Line(text=tell(none_found(exhibit))))
    return Section(id="matches", title=tell(wording.MATCHES), blocks=tuple(blocks))


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
    for number, exhibit in tell.numbered:
        found = tell.known.seen.get(exhibit.exhibit_id)
        if found is None:
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
    return Section(id="posts", title=tell(wording.POSTS), blocks=tuple(blocks))


def _row(tell: Telling, one: KeptPost) -> tuple[str, ...]:
    account = one.shown_by or say("an unknown account")
    return tuple(map(tell, (when(one), account, one.post.network, one.post.link)))


def findings(tell: Telling) -> Section:
    """What was found, pillar by pillar; under each where it was read and what it cannot show."""
    blocks: list[Block] = [Line(text=tell(wording.CAUTION), kind="small")]
    for pillar in Pillar:
        found = [
            (exhibit.exhibit_id, one)
            for _, exhibit in tell.numbered
            for one in exhibit.findings
            if one.pillar is pillar
        ]
        if found:
            blocks.append(Heading(id=f"findings-{pillar}", text=tell(word(pillar))))
        found.sort(key=lambda pair: _ORDER.index(pair[1].outcome))
        blocks += [_finding(tell, exhibit_id, one) for exhibit_id, one in found]
    return Section(id="findings", title=tell(wording.FINDINGS), blocks=tuple(blocks))


def _finding(tell: Telling, exhibit_id: int, found: Finding) -> Entry:
    return Entry(
        kind=found.outcome,
        mark=tell(word(found.outcome)),
        text=tell(tell.about(exhibit_id, found.summary)),
        details=tuple(map(tell, details(found))),
    )
