"""What a record tells of: the cases, exhibits and claims whose words or pictures are in it.

What is made of a record is about the same, and goes when they are wiped.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from verify.records.cases import CaseLine
from verify.records.claims import Claim
from verify.records.examination import Examination
from verify.records.findings import Finding
from verify.records.record import Record
from verify.records.reports import CaseReport
from verify.records.sentences import Sentence

_CASE = {"case_id", "earlier_case_id"}
_EXHIBIT = {"exhibit_id", "earlier_exhibit_id"}
_CLAIM = re.compile(r"\bclaim (\d+)")  # in where a finding was read
_SILENT = (Examination, Sentence)  # an exhibit's own, and what findings say


class About(Record, frozen=True):
    """The numbers of cases, exhibits and claims."""

    cases: frozenset[int] = frozenset()
    exhibits: frozenset[int] = frozenset()
    claims: frozenset[int] = frozenset()

    def __or__(self, other: About) -> About:
        """About all that either is about."""
        return About(
            cases=self.cases | other.cases,
            exhibits=self.exhibits | other.exhibits,
            claims=self.claims | other.claims,
        )

    def __bool__(self) -> bool:
        """Whether it is about anything."""
        return bool(self.cases or self.exhibits or self.claims)

    def rows(self) -> list[tuple[str, int]]:
        """Each kind, as `case`, `exhibit` or `claim`, with each number."""
        return [
            *(("case", number) for number in sorted(self.cases)),
            *(("exhibit", number) for number in sorted(self.exhibits)),
            *(("claim", number) for number in sorted(self.claims)),
        ]


def numbers(case_id: int = 0, exhibit_id: int = 0, claim_id: int = 0) -> About:
    """About these; 0 is none."""
    return About(cases=_some(case_id), exhibits=_some(exhibit_id), claims=_some(claim_id))


def _some(number: int) -> frozenset[int]:
    return frozenset({number} if number else ())


def about(*things: object) -> About:
    """All that records, and collections of records, tell of. Anything else tells of nothing."""
    cases: set[int] = set()
    exhibits: set[int] = set()
    claims: set[int] = set()
    for record in _records(things):
        if isinstance(record, CaseReport | CaseLine):
            cases.add(record.id)
        elif isinstance(record, Claim):
            claims.add(record.id)
        elif isinstance(record, Finding):
            claims.update(map(int, _CLAIM.findall(record.read_from)))
        for name in record.__struct_fields__:
            if name in _CASE and getattr(record, name):
                cases.add(getattr(record, name))
            elif name in _EXHIBIT and getattr(record, name):
                exhibits.add(getattr(record, name))
            elif name == "claim_id":
                claims.add(getattr(record, name))
    return About(
        cases=frozenset(cases),
        exhibits=frozenset(exhibits),
        claims=frozenset(claims) - {0},
    )


def _records(things: Iterable[object]) -> Iterable[Record]:
    """The records among these and within them."""
    for thing in things:
        if isinstance(thing, tuple | list | set | frozenset):
            yield from _records(thing)
        elif isinstance(thing, Record) and not isinstance(thing, _SILENT):
            yield thing
            yield from _records(getattr(thing, name) for name in thing.__struct_fields__)
