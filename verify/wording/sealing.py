"""What is said of sources that were sealed afterwards, above all of what could not be."""

from __future__ import annotations

from collections.abc import Iterator

from verify.records import Sentence, say, say_many


def sealed(case_id: int, count: int) -> Sentence:
    """That it is done."""
    return say_many(
        "The source of {count} file in case {number} is sealed.",
        "The sources of {count} files in case {number} are sealed.",
        count,
        number=case_id,
    )


def remains(events: int, telegram: int, exports: int, *, compacted: bool) -> Iterator[Sentence]:
    """What sealing afterwards does not reach.

    events: of the custody record that name who brought the files. telegram: messages about the
    case in Telegram's chats. compacted: whether the database was written anew.
    """
    if events:
        yield say_many(
            "{count} event of the custody record names by number who brought them: that record"
            " cannot change.",
            "{count} events of the custody record name by number who brought them: that record"
            " cannot change.",
            events,
        )
    if telegram:
        yield say_many(
            "{count} message about it stays in Telegram's chats and servers: delete it there.",
            "{count} messages about it stay in Telegram's chats and servers: delete them there.",
            telegram,
        )
    if exports:
        yield say_many(
            "It was exported, or a report of it made, {count} time: that file still holds it.",
            "It was exported, or a report of it made, {count} times: those files still hold it.",
            exports,
        )
    if not compacted:
        yield say(
            "The freed pages of the database are overwritten, but it is not rewritten yet: do this"
            " again when nobody is working."
        )
    yield say("Backups made before still hold it: replace them by a new one.")
    yield say("The files themselves stay as they came, with all that stands in them.")
    yield say("Notes in other cases may speak of it. Read through what people wrote in this one.")


def asked(case_id: int, sender: str = "") -> tuple[Sentence, ...]:
    """What to know before it is done. sender: whose files are sealed in every case, instead."""
    return (
        say("Seal all that {name} brought, in every case? Nothing undoes it.", name=sender)
        if sender
        else say("Seal the sources of case {number}? Nothing undoes it.", number=case_id),
        say(
            "Who brought its files, where they come from, links, names of files and numbers go out"
            " of every list and search; the parts of the sources’ names go out of what people"
            " wrote. Only who has a key can read them then; a lost key or passphrase loses them."
        ),
    )
