"""A case in full, behind More: what was kept, seen and found, what people said and answered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from verify.chat.pages import paginate
from verify.chat.replies.casefile import claims, notes, sightings, verdicts
from verify.chat.replies.correction import leading
from verify.chat.replies.heading import heading
from verify.chat.replies.markup import bold, bullet, italic
from verify.language import Reader, html
from verify.records import (
    CaseReport,
    ExhibitReport,
    Finding,
    Outcome,
    Pillar,
    Sentence,
    say,
    say_many,
)
from verify.wording import bags, emblems, sounds
from verify.wording.checklists import progress
from verify.wording.covers import in_short, why, withheld
from verify.wording.findings import examined, in_heading, kept
from verify.wording.glance import absent, lacking
from verify.wording.matches import again_in_brief, brief, earliest_first, looks_alike, without_match
from verify.wording.terms import word

_MOST_MATCHES = 5
_MOST_WORDS = 20


def pages_of(report: CaseReport, reader: Reader) -> list[tuple[int, str]]:
    """Every exhibit begins a page; what concerns the whole case follows the last one."""
    pages: list[tuple[int, str]] = []
    for number, exhibit in enumerate(report.exhibits, start=1):
        blocks = list(_exhibit(report, exhibit, number, reader))
        if number == len(report.exhibits):
            blocks += _whole_case(report, reader)
        pages += [(exhibit.exhibit_id, text) for text in paginate(blocks)]
    return pages or [(0, bold(say("Case {number}", number=report.id), reader))]


def _exhibit(
    report: CaseReport, exhibit: ExhibitReport, number: int, reader: Reader
) -> Iterator[str]:
    yield from leading(exhibit, reader)
    yield heading(report, exhibit, number, reader)
    if exhibit.cover.kinds:
        told = (in_short(exhibit.cover), *why(exhibit.cover))
        yield "\n" + "\n".join(f"◼ {html(line, reader)}" for line in told)
    if exhibit.withheld:
        yield "\n" + html(withheld(), reader)
    elif exhibit.examination is None:
        yield "\n" + html(say("It is being examined."), reader)
    elif not examined(exhibit):
        yield "\n" + html(kept(exhibit), reader)
    else:
        first, *others = _seen_before(report, exhibit, reader)
        yield from (f"\n{first}", *others)
        again = [bullet(again_in_brief(match), reader) for match in exhibit.later[:_MOST_MATCHES]]
        yield from _section(say("Seen again later"), again, reader)
    heard = [bullet(line, reader) for line in sounds.told(exhibit)]
    yield from _section(say("Its sound"), heard, reader)
    marked = [bullet(line, reader) for line in emblems.told(exhibit.emblems)]
    yield from _section(say("Emblems in it"), marked, reader)
    for title, outcome in (
        (say("Look at these"), Outcome.FLAGGED),
        (word(Outcome.FAILED), Outcome.FAILED),
    ):
        yield from _section(title, _with_cautions(exhibit.findings, outcome, reader), reader)
    for pillar in Pillar:
        noted = [
            bullet(finding.summary, reader)
            for finding in exhibit.findings
            if finding.pillar is pillar
            and finding.outcome is Outcome.NOTED
            and not in_heading(finding)
        ]
        yield from _section(say("Noted: {pillar}", pillar=word(pillar)), noted, reader)
    lacks = lacking(exhibit)
    open_ended = [
        bullet(finding.summary, reader)
        for finding in exhibit.findings
        if finding.outcome is Outcome.INCONCLUSIVE and finding.check not in lacks
    ]
    if nothing := absent(exhibit):
        open_ended.insert(0, bullet(nothing, reader))
    yield from _section(word(Outcome.INCONCLUSIVE), open_ended, reader)
    yield "\n" + html(progress(report.checklist), reader)


def _seen_before(report: CaseReport, exhibit: ExhibitReport, reader: Reader) -> list[str]:
    lines = [
        bullet(brief(match), reader) for match in earliest_first(exhibit.matches)[:_MOST_MATCHES]
    ]
    more = len(exhibit.matches) - len(lines)
    if more > 0:
        rest = say_many("{count} more under Matches.", "{count} more under Matches.", more)
        lines.append(html(rest, reader))
    times = sum(seen.exhibit_id == exhibit.exhibit_id for seen in report.sightings)
    if times > 1:
        again = say("Times that this very file came to this case: {number}.", number=times)
        lines.append(bullet(again, reader))
    for name in exhibit.ask:
        closed = say("Seen in a case that is closed here.")
        if name:
            closed = say("Seen in a case that you cannot open; ask {person}.", person=name)
        lines.append(bullet(closed, reader))
    if not lines:
        return [html(one, reader) for one in without_match(exhibit)]
    return [*lines, *(bullet(looks_alike(match), reader) for match in exhibit.alike)]


def _with_cautions(findings: Iterable[Finding], outcome: Outcome, reader: Reader) -> list[str]:
    """Findings of one outcome, then what they cannot show, which several may share."""
    shown = [finding for finding in findings if finding.outcome is outcome]
    lines = [bullet(finding.summary, reader) for finding in shown]
    cautions = [finding.caution for finding in shown if finding.caution]
    told = [one for place, one in enumerate(cautions) if one not in cautions[:place]]
    return [*lines, *(italic(one, reader) for one in told)]


def _section(title: Sentence, lines: list[str], reader: Reader) -> Iterator[str]:
    """A heading that stays with its first line, then the other lines."""
    if lines:
        yield f"\n{bold(title, reader)}\n{lines[0]}"
        yield from lines[1:]


def _elsewhere(report: CaseReport, reader: Reader) -> list[str]:
    """By which bags of other desks its exhibits came."""
    told = ((bags.came(bag), *bags.checked(bag)) for bag in report.bags)
    return [bullet(line, reader) for lines in told for line in lines]


def _their_words(report: CaseReport, reader: Reader) -> list[str]:
    """What those desks say, as much as people read in a chat."""
    told = [line for bag in report.bags for line in bags.theirs(report, bag)]
    lines = [bullet(line, reader) for line in told[:_MOST_WORDS]]
    if more := len(told) - len(lines):
        command = f"verify-desk show {report.id} --all"
        rest = say_many("{count} more: {command}", "{count} more: {command}", more, command=command)
        lines.append(html(rest, reader))
    return lines


def _whole_case(report: CaseReport, reader: Reader) -> list[str]:
    return [
        block
        for title, lines in (
            (bags.TITLE, _elsewhere(report, reader)),
            (bags.THEIR_WORDS, _their_words(report, reader)),
            (say("Claims"), claims(report, reader)),
            (say("Sightings"), sightings(report, reader)),
            (say("Notes"), notes(report, reader)),
            (say("Verdicts"), verdicts(report, reader)),
        )
        for block in _section(title, lines, reader)
    ]
