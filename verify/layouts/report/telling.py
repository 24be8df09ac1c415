"""What every part of a report is written with: the case, the profile, the reader."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from verify.language import Reader, plain, reads_leftwards
from verify.records import Claim, ExhibitReport, Gathered, Sentence, Value, Verdict
from verify.wording.cases import about

_LONGEST = 4000  # characters of somebody's words
_BRIEF = 400


@dataclass(frozen=True)
class Telling:
    """A case as it is told to one reader."""

    known: Gathered
    reader: Reader

    def __call__(self, value: Value) -> str:
        """A sentence or value as text in the reader's language."""
        return plain(value, self.reader, limit=_LONGEST)

    def briefly(self, value: Value) -> str:
        """As text of which a reader of the head sees no more than the beginning of long words."""
        return plain(value, self.reader, limit=_BRIEF)

    @property
    def right_to_left(self) -> bool:
        """Whether the reader's language is written so."""
        return reads_leftwards(self.reader)

    @property
    def numbered(self) -> list[tuple[int, ExhibitReport]]:
        """The exhibits by their number in the case, from 1."""
        return [*enumerate(self.known.case.exhibits, start=1)]

    def about(self, exhibit_id: int | None, said: Sentence) -> Sentence:
        """A sentence that names its exhibit, where the case has several."""
        return about(self.known.case, exhibit_id, said)

    def latest_verdicts(self) -> Iterator[Verdict]:
        """The latest verdict about each exhibit, in the order of the exhibits."""
        for _, exhibit in self.numbered:
            for verdict in self.known.case.verdicts:
                if verdict.exhibit_id == exhibit.exhibit_id:
                    yield verdict
                    break

    def questions(self) -> Iterator[Claim]:
        """The claims, each once where several files came with the same words."""
        told = set()
        for claim in self.known.case.claims:
            if (key := (claim.claimant, claim.text)) not in told:
                told.add(key)
                yield claim
