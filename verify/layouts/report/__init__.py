"""A report of a case: its content for one reader, as a page, as a PDF, as data for machines.

`made` asks a desk and gives the record, `as_file` lays it out; `laid_out` does both.
"""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from importlib.metadata import version as installed
from typing import TYPE_CHECKING

from verify.desk.reporting import version
from verify.errors import BadInput
from verify.language import Reader
from verify.layouts.profiles import Profile, narrowest, profile
from verify.layouts.report.campaign import campaign
from verify.layouts.report.evidence import exhibits, findings, matches, posts
from verify.layouts.report.head import head
from verify.layouts.report.place import place
from verify.layouts.report.record import checklist, claims, custody, elsewhere
from verify.layouts.report.telling import Telling
from verify.layouts.report.unveiling import unveiled
from verify.records import (
    Block,
    Bullets,
    Code,
    Gathered,
    Heading,
    Line,
    MadeReport,
    Person,
    Report,
    Section,
    Sentence,
    listed,
    say,
)
from verify.wording import report as wording

if TYPE_CHECKING:
    from verify.desk import Desk


def gathered(desk: Desk, person: Person, case_id: int, name: str, reader: Reader) -> Gathered:
    """What a report by this profile is made of, with its pictures: most of the work. Raises
    NotFound, NotAllowed, BadInput."""
    from verify.language import reads_leftwards

    return desk.reporting.gathered(
        person,
        case_id,
        depicted=profile(name).DEPICTED,
        right_to_left=reads_leftwards(reader),
    )


def made(desk: Desk, person: Person, case_id: int, name: str, reader: Reader) -> Report:
    """The report of a case by a profile for a reader. Raises as `gathered`."""
    return content(gathered(desk, person, case_id, name, reader), name, reader)


FORMATS = (".html", ".pdf")


def format_of(ending: str) -> str:
    """The format that a file's ending names. Raises BadInput for another."""
    if ending.lower() not in FORMATS:
        raise BadInput(
            say(
                "A report is a page or a PDF: name a file that ends in {these}.",
                these=listed(FORMATS),
            )
        )
    return ending.lower().removeprefix(".")


def laid_out(
    desk: Desk, person: Person, case_id: int, name: str, reader: Reader, ending: str
) -> tuple[MadeReport, bytes]:
    """A report as a file, and what is to be noted of it (`desk.reporting.noted`). name: of the
    profile, "" for the narrowest. ending: `.html` or `.pdf`. Raises as `made`, and Unavailable."""
    form = format_of(ending)
    return as_noted(made(desk, person, case_id, name or narrowest(), reader), form, person)


def as_noted(report: Report, form: str, person: Person) -> tuple[MadeReport, bytes]:
    """As `laid_out`, of a record. form: `html` or `pdf`."""
    file = as_file(report, form)
    told = MadeReport(
        id=0,
        case_id=report.case,
        version=report.version,
        profile=report.profile,
        language=report.language,
        format=form,
        head=report.head,
        sha256=hashlib.sha256(file).hexdigest(),
        by=person.name,
        at=datetime.now(UTC),
    )
    return told, file


def as_file(report: Report, form: str) -> bytes:
    """A report as a page (`html`) or a PDF (`pdf`)."""
    if form == "pdf":
        from verify.layouts.report.pdf import pdf  # it loads a typesetter

        return pdf(report)
    from verify.layouts.report.page import page

    return page(report)


def content(gathered: Gathered, name: str, reader: Reader) -> Report:
    """What a report says: the same for the same case, head, profile, language and zone.

    name: of the profile. Raises BadInput for an unknown one.
    """
    chosen = profile(name)
    known = unveiled(chosen.reported(gathered))
    tell, number = Telling(known, reader), version(gathered.case)
    parts = [
        head(tell),
        exhibits(tell),
        *([matches(tell)] if chosen.EVIDENCE else []),
        *([posts(tell)] if known.seen else []),
        *([campaign(tell, known.campaign)] if known.campaign else []),
        *([place(tell), findings(tell)] if chosen.EVIDENCE else []),
        *([checklist(tell)] if known.case.checklist else []),
        claims(tell),
        *([elsewhere(tell)] if known.case.bags else []),
        custody(tell, handed=chosen.CUSTODY),
        _about(tell, chosen),
    ]
    return Report(
        case=known.case.id,
        version=number,
        title=tell(wording.title(known.case)),
        subtitle=tell(wording.subtitle(number, chosen.NAME)),
        profile=name,
        language=reader.language,
        right_to_left=tell.right_to_left,
        head=gathered.head,
        contents=tell(wording.CONTENTS),
        open_cover=tell(wording.OPEN_COVER),
        closed_cover=tell(wording.CLOSED_COVER),
        sections=tuple(parts),
    )


def _about(tell: Telling, chosen: Profile) -> Section:
    known, reader = tell.known, tell.reader
    made_by = wording.made_by(installed("verify-desk"), reader.language, reader.zone.key)
    checks = wording.how_to_check(known.case.id, chosen.CUSTODY)
    blocks: tuple[Block, ...] = (
        Line(text=tell(chosen.FOR)),
        Heading(id="left-out", text=tell(wording.LEFT_OUT)),
        Bullets(items=tuple(map(tell, _left_out(tell, chosen)))),
        Heading(id="checking", text=tell(wording.CHECKING)),
        Code(label=tell(wording.HEAD_OF_CHAIN), text=known.head),
        Line(text=tell(made_by)),
        Line(text=tell(wording.same_bytes())),
        Bullets(items=tuple(map(tell, checks)), numbered=True),
        Line(text=tell(wording.cannot_show())),
    )
    return Section(id="about", title=tell(wording.ABOUT), blocks=blocks)


def _left_out(tell: Telling, chosen: Profile) -> list[Sentence]:
    known = tell.known
    if not known.pictures:
        return [*chosen.LEFT_OUT, wording.NO_PICTURES]
    shown = [*known.pictures.values(), *known.cards.values()]
    covered = sum(one.covered for one in shown)
    missing = sum(one.picture is None for one in shown)
    told = [*chosen.LEFT_OUT]
    if covered:
        told.append(wording.covered(covered))
    if missing:
        told.append(wording.not_shown(missing))
    return told
