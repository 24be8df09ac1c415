"""The few things that can go wrong, by what the caller does next.

Each error owns a sentence fit for a reader; only the edges print it.
"""

from __future__ import annotations

from verify.records import Cover, Sentence


class VerifyError(Exception):
    """Something that a reader is told in one sentence."""

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(sentence.template)
        self.sentence = sentence


class BadInput(VerifyError):
    """What was asked cannot be done as asked: ask differently."""


class Locked(BadInput):
    """The case is concluded: reopen it first."""

    def __init__(self, sentence: Sentence, case_id: int) -> None:
        super().__init__(sentence)
        self.case_id = case_id


class NotFound(VerifyError):
    """There is no such thing, or it is not yours to see."""


class NotAllowed(VerifyError):
    """This person may not do that."""


class Unavailable(VerifyError):
    """The disk, the database or a service refuses just now: try again."""


class DiskRefused(Unavailable):
    """The disk is full, read-only or held by another: it passes, and waiting is right."""


class HomeTaken(Unavailable):
    """Another desk holds the home: hand it the work, or wait until it ends."""


class Covered(VerifyError):
    """What was asked for is shown in steps: ask for the next one."""

    def __init__(self, sentence: Sentence, covers: tuple[Cover, ...]) -> None:
        super().__init__(sentence)
        self.covers = covers


class Cancelled(VerifyError):
    """Whoever asked for it called it off."""
