"""A file from a sealed source: taken in, answered as it arrives, and nothing kept of the answer."""

from __future__ import annotations

from pathlib import Path

from verify.chat.pages import Page
from verify.chat.replies.examination import examination
from verify.chat.turn import Turn
from verify.chat.working import at_work
from verify.records import SealedSource, Submission, say


async def take(turn: Turn, submission: Submission, content: bytes | Path) -> None:
    """Keep the file, say so, examine it, and tell what was found, in words alone.

    On record somebody stands in for the sender of whom nothing is known.
    """
    source = SealedSource(
        submission=submission,
        service=turn.service,
        account=str(turn.account),
        name=turn.person.name,
    )
    sender = await turn.call(
        turn.desk.sealing.stand_in, turn.person, turn.out.bot.id, turn.out.update_id
    )
    kept = await turn.call(turn.desk.receiving.receive, sender, submission, content, None, source)
    await turn.tell(
        say(
            "Kept unchanged in case {number}, and its source sealed. SHA-256: {sha256}",
            number=kept.case_id,
            sha256=kept.sha256,
        ),
        step="sealed",
    )
    async with at_work(turn.out):
        await turn.call(turn.desk.examining.examine, sender, kept.exhibit_id)
        await turn.call(turn.desk.examining.watch, sender, kept.exhibit_id)
        await turn.call(turn.desk.hearing.hear, sender, kept.exhibit_id)
    report = await turn.call(turn.desk.reports.case, sender, kept.case_id)
    page = examination(report, kept.exhibit_id, turn.reader)
    await turn.out.send("examination", Page(page.text), reply_to=turn.reply_to)


async def only_files(turn: Turn) -> None:
    """Say that nothing else is done here; in a group, where people talk, only to a command."""
    written = (turn.message.text or "") if turn.message else ""
    if not turn.person.among_others or turn.pressed or written.startswith("/"):
        await turn.tell(
            say(
                "This chat is sealed: it takes files in, and nothing else is kept or done here."
                " Work on the cases in another chat, or end it with {command}.",
                command="/seal off",
            )
        )
