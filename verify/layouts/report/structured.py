"""What was concluded, in schema.org's terms (release 30.0), for the machines that read fact-checks.

A MediaReview for each confirmed verdict that has one of its categories, a ClaimReview for the claim
it is about. What the desk does not know is left out and named: nothing is made up to look complete.
"""

from __future__ import annotations

from collections.abc import Iterator

from verify.language import Reader, clean, plain
from verify.records import (
    CaseReport,
    Claim,
    ExhibitReport,
    Rating,
    Sentence,
    Verdict,
    VerdictState,
    say,
)
from verify.wording.terms import word

_LONGEST = 4000
_KINDS = {"image": "ImageObject", "video": "VideoObject", "audio": "AudioObject"}


def json_ld(case: CaseReport, reader: Reader) -> tuple[dict[str, object], list[Sentence]]:
    """The reviews of a case as a profile narrowed it, and what is left out of them."""
    exhibits = {one.exhibit_id: one for one in case.exhibits}
    latest: dict[int, Verdict] = {}
    for verdict in case.verdicts:
        if verdict.state is not VerdictState.CONFIRMED:
            continue
        latest.setdefault(verdict.exhibit_id, verdict)
    graph: list[dict[str, object]] = []
    left: list[Sentence] = []
    for number, exhibit in enumerate(case.exhibits, start=1):
        verdict_ = latest.get(exhibit.exhibit_id)
        if verdict_ is None or not verdict_.rating.media_review:
            left.append(_without(number, verdict_))
        if verdict_ is not None:
            graph += _reviews(verdict_, exhibits[exhibit.exhibit_id], reader)
    if graph:
        left += _unknown()
    return {"@context": "https://schema.org", "@graph": graph}, left


def _without(number: int, verdict: Verdict | None) -> Sentence:
    if verdict is None:
        return say("Exhibit {number} has no MediaReview: nothing is concluded.", number=number)
    return say(
        "Exhibit {number} has no MediaReview: “{rating}” is none of its categories.",
        number=number,
        rating=word(verdict.rating),
    )


def _unknown() -> Iterator[Sentence]:
    yield say(
        "Left out, as the desk does not know it: {fields}. A review that is published needs them.",
        fields="author, datePublished, url",
    )


def _reviews(
    verdict: Verdict, exhibit: ExhibitReport, reader: Reader
) -> Iterator[dict[str, object]]:
    media, claim = f"#media-review-{verdict.id}", f"#claim-review-{verdict.id}"
    told = {
        "dateCreated": verdict.at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "reviewBody": clean(verdict.reason, _LONGEST),
    }
    if verdict.rating.media_review:
        review: dict[str, object] = {
            "@type": "MediaReview",
            "@id": media,
            **told,
            "mediaAuthenticityCategory": f"https://schema.org/{verdict.rating.media_review}",
            "itemReviewed": _item(exhibit),
        }
        if verdict.rating is Rating.DECONTEXTUALISED:
            review["originalMediaContextDescription"] = told["reviewBody"]
        if verdict.claim:
            review["associatedClaimReview"] = {"@type": "ClaimReview", "@id": claim}
        yield review
    if verdict.claim:
        yield {
            "@type": "ClaimReview",
            "@id": claim,
            **told,
            "claimReviewed": clean(verdict.claim.text, _LONGEST),
            "itemReviewed": _claim(verdict.claim),
            "reviewRating": {
                "@type": "Rating",
                "alternateName": clean(plain(word(verdict.rating), reader)),
            },
            **(
                {"associatedMediaReview": {"@type": "MediaReview", "@id": media}}
                if verdict.rating.media_review
                else {}
            ),
        }


def _item(exhibit: ExhibitReport) -> dict[str, object]:
    kind = exhibit.examination.media_type if exhibit.examination else ""
    media: dict[str, object] = {"@type": _KINDS.get(kind.partition("/")[0], "MediaObject")}
    if exhibit.sha256:
        media["sha256"] = exhibit.sha256
    if kind:
        media["encodingFormat"] = kind
    return {"@type": "MediaReviewItem", "mediaItemAppearance": [media]}


def _claim(claim: Claim) -> dict[str, object]:
    """The claim; who made it is a name of which nobody knows whether it is a person's."""
    return {"@type": "Claim", "text": clean(claim.text, _LONGEST)}
