"""Was the picture said to show something else before?

Reads the claims of today, and those of earlier cases with a matching picture.

Outcomes: flagged, an earlier claim has other words than every claim of today. Otherwise there is
no finding.

Errs: only the words differ for certain: two claims can put one thing differently, and either may
be wrong.

Example: then "Homs, 2012", now "Kyiv, 2022".
"""

from __future__ import annotations

from collections.abc import Iterator

from verify.comparisons import Circumstances
from verify.records import Claim, Finding, Match, Outcome, Pillar, say

PILLAR = Pillar.PROVENANCE


def compare(circumstances: Circumstances) -> Iterator[Finding]:
    """Flag each earlier claim that says something else than every claim of today.

    Words alone are compared: case, space and punctuation aside, they are the same or not.
    """
    today = {_words(claim.text): claim for claim in circumstances.claims}
    told: set[str] = set()
    for match in circumstances.matches:
        earlier = match.earlier_claim
        if not today or not earlier or _words(earlier.text) in today.keys() | told:
            continue
        told.add(_words(earlier.text))
        yield _finding(match, earlier, circumstances.claims[-1])


def _finding(match: Match, earlier: Claim, claim: Claim) -> Finding:
    return Finding(
        check="earlier_claim_against_claim",
        pillar=PILLAR,
        outcome=Outcome.FLAGGED,
        summary=say(
            "In case {case} a matching picture was said to show something else. "
            "Then: “{earlier}” Now: “{today}”",
            case=match.earlier_case_id,
            earlier=earlier.text,
            today=claim.text,
        ),
        read_from=f"claim {earlier.id}, claim {claim.id}",
        raw=earlier.text[:300],
        caution=say(
            "Only the words differ for certain: two claims can put the same thing differently, "
            "and either may be wrong."
        ),
        items=("earliest", "compilation"),
    )


def _words(text: str) -> str:
    """What is left of a text for comparing: letters and digits, lower case, single spaces."""
    return " ".join("".join(c if c.isalnum() else " " for c in text.casefold()).split())
