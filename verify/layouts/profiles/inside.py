"""For the own newsroom: all that the desk knows, originals and custody record too."""

from __future__ import annotations

from verify.layouts.profiles import Keys
from verify.records import CaseReport, Depicted, Gathered, Sentence, say

NAME = say("inside")
FOR = say(
    "For your own newsroom: everything, with the originals, the people who sent and wrote it, and"
    " the custody record."
)
BREADTH = 3
LEFT_OUT: tuple[Sentence, ...] = (say("whatever is sealed"),)
DEPICTED = Depicted.ALL
EVIDENCE = ORIGINALS = COPIES = CUSTODY = True
KEYS: Keys | None = None


def narrowed(case: CaseReport) -> CaseReport:
    """The case as it is."""
    return case


def reported(gathered: Gathered) -> Gathered:
    """All of it."""
    return gathered
