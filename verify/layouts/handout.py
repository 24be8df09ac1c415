"""What is written of a case for somebody: report, table and JSON, as a profile narrows them."""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING

from verify.layouts.profiles import Profile, only
from verify.layouts.shapes import fields
from verify.layouts.sheet import exhibits_csv
from verify.layouts.text import case_lines, profile_lines
from verify.records import CaseReport, Person, Sentence, say, say_many

if TYPE_CHECKING:
    from verify.desk import Desk
    from verify.language import Reader


def case_for(desk: Desk, person: Person, case_id: int, name: str) -> CaseReport:
    """The case that a profile narrows: inside, all that this person may see of it; for others, of
    other cases only what everybody at the desk may know. name: the profile's. Raises NotFound."""
    told = desk.reports.case if name == "inside" else desk.reports.for_others
    return told(person, case_id)


def left_out(case: CaseReport, profile: Profile) -> tuple[Sentence, ...]:
    """What stays behind: what the profile leaves out, and originals that are withheld."""
    if case.bags and profile.KEYS is not None:
        return (
            *profile.LEFT_OUT,
            say("that exhibits came from another desk, and what that desk says"),
        )
    count = sum(one.withheld for one in case.exhibits)
    if not (profile.ORIGINALS and count):
        return profile.LEFT_OUT
    kept_back = say_many(
        "{count} original that is withheld", "{count} originals that are withheld", count
    )
    return (*profile.LEFT_OUT, kept_back)


def texts(case: CaseReport, profile: Profile, name: str, reader: Reader) -> dict[str, str]:
    """The texts of a hand-out, by the names of their files. name: the profile's."""
    from verify.language import plain

    render = partial(plain, reader=reader)
    shown = profile.narrowed(case)
    stays = left_out(case, profile)
    lines = [*profile_lines(profile, stays, render), *case_lines(shown, render)]
    told = {
        "profile": name,
        "left_out": [render(one) for one in stays],
    }
    kept = only(fields(shown, render), profile.KEYS)
    return {
        "report.txt": "".join(f"{line}\n" for line in lines),
        "exhibits.csv": exhibits_csv(shown, reader, sparse=profile.KEYS is not None),
        "case.json": json.dumps({**told, **_named(kept)}, indent=2, ensure_ascii=False),
    }


def _named(kept: object) -> dict[str, object]:
    assert isinstance(kept, dict)  # noqa: S101 - of a record
    return kept
