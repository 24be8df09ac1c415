"""What is said of a wipe that is done, of whatever it was."""

from __future__ import annotations

import msgspec

from verify.cli.output import json_line, sentence, tell
from verify.cli.statuses import DONE, LEFT
from verify.jobs.kinds.wipe import Job, Result
from verify.records import Sentence, say_many


def show_wiped(job: Job, wiped: Result, as_json: bool) -> int:
    """What went, and what is not reached; gives the exit status."""
    from verify.wording.wipes import remains

    if as_json:
        told = msgspec.to_builtins(wiped)
        if job.shelf:
            told = {"number": job.shelf, **told}
            del told["case_id"]
        json_line({**told, "remains": [sentence(line) for line in remains(wiped)]})
    else:
        tell(_done(job, wiped))
        for line in remains(wiped):
            tell(line)
    return LEFT if wiped.left or not wiped.compacted else DONE


def _done(job: Job, wiped: Result) -> Sentence:
    count = len(wiped.removed)
    if job.shelf:
        return say_many(
            "Import {number} is undone; {count} original was removed.",
            "Import {number} is undone; {count} originals were removed.",
            count,
            number=job.shelf,
        )
    if job.case:
        return say_many(
            "Case {number} is wiped; {count} original was removed.",
            "Case {number} is wiped; {count} originals were removed.",
            count,
            number=wiped.case_id,
        )
    return say_many(
        "All of it is wiped; {count} original was removed.",
        "All of it is wiped; {count} originals were removed.",
        count,
    )
