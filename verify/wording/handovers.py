"""What is said of a case at the end of a shift: in one line, what it is about and still needs."""

from __future__ import annotations

from collections.abc import Sequence

from verify.records import CaseLine, ChecklistItem, Sentence, Verdict, VerdictState, say, say_many


def handed_over(
    line: CaseLine, latest: Verdict | None, missing: Sequence[ChecklistItem]
) -> Sentence:
    """One case. latest: its latest verdict. missing: the starred items that nobody answered."""
    title = say("{title}", title=line.title) if line.title else say("no title")
    return say("{title} – {needs}", title=title, needs=_needs(latest, len(missing)))


def _needs(latest: Verdict | None, missing: int) -> Sentence:
    if latest and latest.state is VerdictState.PROPOSED:
        return say("verdict to be confirmed")
    if latest and latest.state is VerdictState.RETURNED:
        return say("verdict returned: {remark}", remark=latest.remark)
    if missing:
        return say_many(
            "{count} starred question, verdict", "{count} starred questions, verdict", missing
        )
    return say("verdict")
