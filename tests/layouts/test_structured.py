"""What machines read of a case: reviews in schema.org's terms, places, posts as a table."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
import pytest

from tests.conftest import Run
from tests.layouts.test_profiles import PEOPLE, furnished
from verify.desk import Desk
from verify.language import Reader
from verify.layouts.posts_sheet import posts_csv
from verify.layouts.profiles import profile
from verify.layouts.report.places import geojson
from verify.layouts.report.structured import json_ld
from verify.records import Appearances, CaseReport, KeptPost, Post, Rating, VerdictState
from verify.sandbox import Sandbox

VOCABULARY = json.loads(Path(__file__).with_name("schemaorg-30.0.json").read_text())
READER = Reader("en", ZoneInfo("UTC"))


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory, sandbox: Sandbox) -> CaseReport:
    with Desk(tmp_path_factory.mktemp("structured") / "home", sandbox=sandbox) as desk:
        return furnished(desk)


def kinds(name: str) -> set[str]:
    """A type and all that it is a kind of."""
    found = {name}
    for above in VOCABULARY["types"][name]:
        found |= kinds(above)
    return found


def faults(node: dict[str, Any]) -> list[str]:
    """Where a node breaks schema.org's terms: types, properties, expected types."""
    kind = node["@type"]
    if kind not in VOCABULARY["types"]:
        return [f"no type {kind}"]
    found = []
    for name, value in node.items():
        if name.startswith("@"):
            continue
        known = VOCABULARY["properties"].get(name)
        if known is None or not kinds(kind) & {*known["domain"]}:
            found.append(f"{kind} has no {name}")
            continue
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, dict):
                found += faults(one)
                fits = bool(kinds(one["@type"]) & {*known["range"]})
            elif one.startswith("https://schema.org/"):
                member = one.removeprefix("https://schema.org/")
                fits = VOCABULARY["members"].get(member) in known["range"]
            else:
                fits = bool({"Text", "URL", "Date", "DateTime"} & {*known["range"]})
            if not fits:
                found.append(f"{kind}.{name} takes no {one}")
    return found


def rated(case: CaseReport, rating: Rating, **changes: Any) -> CaseReport:
    replace = msgspec.structs.replace
    verdicts = tuple(replace(one, rating=rating, **changes) for one in case.verdicts)
    return replace(case, verdicts=verdicts)


@pytest.mark.parametrize("rating", Rating)
@pytest.mark.parametrize("name", ["inside", "partner", "public"])
def test_reviews_keep_to_the_terms_of_schema_org(
    case: CaseReport, rating: Rating, name: str
) -> None:
    told, left = json_ld(profile(name).narrowed(rated(case, rating)), READER)
    graph: Any = told["@graph"]
    assert [fault for node in graph for fault in faults(node)] == []
    reviewed = ["MediaReview", "ClaimReview"] if rating.media_review else ["ClaimReview"]
    assert [node["@type"] for node in graph] == reviewed
    assert any("is none of its categories" in one.template for one in left) is (
        not rating.media_review
    )
    assert any("author, datePublished, url" in str(one.values) for one in left)


def test_the_terms_are_held_against_what_is_wrong() -> None:
    assert faults({"@type": "MediaReview", "sha256": "00"}) == ["MediaReview has no sha256"]
    assert faults({"@type": "Rating", "alternateName": {"@type": "Claim"}})
    assert faults({"@type": "MediaVerdict"})
    assert faults({"@type": "MediaReview", "mediaAuthenticityCategory": "https://schema.org/Fake"})


def test_what_is_not_confirmed_is_no_review(case: CaseReport) -> None:
    waiting = rated(case, Rating.STAGED, state=VerdictState.PROPOSED)
    told, left = json_ld(waiting, READER)
    assert told["@graph"] == []
    assert [one.template for one in left] == [
        "Exhibit {number} has no MediaReview: nothing is concluded."
    ]


def test_places_stand_as_far_as_a_profile_tells_positions(case: CaseReport) -> None:
    def points(name: str) -> list[Any]:
        features: Any = geojson(profile(name).narrowed(case))["features"]
        return [one["geometry"]["coordinates"] for one in features]

    inside = points("inside")
    assert [37.16125, 36.20125] in [[round(x, 5), round(y, 5)] for x, y in inside]
    assert [37.2, 36.2] in points("partner")
    assert points("public") == []


def test_a_spreadsheet_calculates_nothing_of_a_post() -> None:
    post = Post(network="telegram", at="2014-06-14T18:02:00Z", text="=1+1", name='@SUM("A1")')
    kept = KeptPost(
        id=1, post=post, account_id=1, earliest=None, latest=None, missing=0, exhibits=("aa",)
    )
    seen = {3: Appearances(posts=(kept,), first=False)}
    header, row = csv.reader(io.StringIO(posts_csv(seen, READER)[1:]))
    assert header[0] == "Exhibit"
    assert row[:2] == ["3", "2014-06-14T18:02:00Z"]
    assert row[3] == '\'@SUM("A1")'
    assert row[5] == "'=1+1"
    header, row = csv.reader(io.StringIO(posts_csv(seen, READER, sparse=True)[1:]))
    assert "Link" not in header


def test_the_command_prints_them_and_names_what_is_left_out(verify_desk: Run, china: Path) -> None:
    verify_desk("import", china, "--by", "Layla Haddad", "--caption", "Deir, 14.6.2014")
    done = verify_desk("report", "1", "--json-ld", "--profile", "inside")
    assert (done.returncode, json.loads(done.stdout)["@graph"]) == (0, [])
    assert "nothing is concluded" in done.stderr
    done = verify_desk("report", "1", "--geojson")
    assert json.loads(done.stdout) == {"type": "FeatureCollection", "features": []}
    assert not any(one in done.stdout for one in PEOPLE)
    assert verify_desk("report", "1", "--json-ld", "--geojson").returncode == 2
