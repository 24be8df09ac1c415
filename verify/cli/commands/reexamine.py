"""`verify-desk reexamine`: run today's lab on all exhibits again; what stood stays."""

from __future__ import annotations

import click

from verify.cli.arguments import json_option
from verify.cli.opened import all_cases, opened_desk
from verify.cli.output import json_line, tell
from verify.cli.progress import with_progress
from verify.records import Outcome, say_many


@click.command()
@json_option
def command(as_json: bool) -> None:
    """Examine every exhibit again.

    The lab and the checks of this version add an examination to each; earlier ones stay, and
    so do answers and verdicts.
    """
    with opened_desk() as (desk, person):
        reports = (desk.case(person, line.id) for line in all_cases(desk, person))
        exhibits = {e.exhibit_id: e.case_id for report in reports for e in report.exhibits}
        for exhibit_id, case_id in with_progress(sorted(exhibits.items())):
            desk.examine(person, exhibit_id, again=True)
            if as_json:
                seen = desk.exhibit(person, case_id, exhibit_id)
                outcomes = [finding.outcome for finding in seen.findings]
                json_line(
                    {
                        "sha256": seen.sha256,
                        "case": case_id,
                        "matches": len(seen.matches),
                        "flagged": outcomes.count(Outcome.FLAGGED),
                        "failed": outcomes.count(Outcome.FAILED),
                    }
                )
    total = say_many(
        "{count} exhibit was examined again.",
        "{count} exhibits were examined again.",
        len(exhibits),
    )
    tell(total, err=as_json)
