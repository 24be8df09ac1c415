"""A case laid out as a bag for one reader, for whoever writes it: a command, or a chat."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from verify.records import MadeReport, Person, Sentence

if TYPE_CHECKING:
    from verify.desk import Desk
    from verify.language import Reader

_REPORTS = ("html", "pdf")
_Written = TypeVar("_Written")


def bagged(
    desk: Desk,
    person: Person,
    case_id: int,
    name: str,
    reader: Reader,
    write: Callable[..., _Written],
) -> tuple[_Written, tuple[Sentence, ...]]:
    """What `write` gives, and what the profile left out. name: of the profile. write: as
    `desk.bagging.bag` or `handed_out`. Raises NotFound, BadInput, Unavailable."""
    from verify.layouts import handout, packing
    from verify.layouts.profiles import profile
    from verify.layouts.report import as_noted, content, gathered

    chosen = profile(name)
    report = handout.case_for(desk, person, case_id, name)
    known = gathered(desk, person, case_id, name, reader)
    laid_out = content(known, name, reader)
    made = {form: as_noted(laid_out, form, person) for form in _REPORTS}
    reports = {f"report.{form}": page for form, (_, page) in made.items()}
    told_of = chosen.reported(known)
    written = write(
        person,
        case_id,
        lay_out=lambda packed: packing.texts(packed, report, chosen, reader, told_of, reports),
        ready=partial(_note, desk, person, [one for one, _ in made.values()]),
        profile=name,
        shown=chosen.narrowed(report),
        with_originals=chosen.ORIGINALS,
        with_copies=chosen.COPIES,
        with_custody=chosen.CUSTODY,
    )
    return written, handout.left_out(report, chosen)


def _note(desk: Desk, person: Person, made: list[MadeReport]) -> None:
    """That the reports in it were made."""
    for one in made:
        desk.reporting.noted(person, one, bagged=True)
