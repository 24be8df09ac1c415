"""The texts of a bag: what readers read, and what programs do."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from typing import TYPE_CHECKING

from verify.layouts import handout
from verify.layouts.crate import NAME as CRATE
from verify.layouts.crate import crate
from verify.layouts.posts_sheet import posts_csv
from verify.layouts.profiles import Profile
from verify.layouts.protocol import NAME as PROTOCOL
from verify.layouts.protocol import protocol
from verify.layouts.report.places import geojson
from verify.layouts.report.structured import json_ld
from verify.layouts.schema import case_schema
from verify.records import CaseReport, Gathered, Packed, ViewKind

if TYPE_CHECKING:
    from verify.language import Reader

RECORD = "custody.jsonl"
_PDQ = "pdq"


def texts(
    packed: Packed,
    case: CaseReport,
    profile: Profile,
    reader: Reader,
    gathered: Gathered,
    reports: Mapping[str, bytes],
) -> dict[str, bytes]:
    """What stands below `data/` beside originals, by name. gathered: what a report is made of, as
    the profile narrowed it. reports: as they were made before."""
    read = handout.texts(case, profile, packed.profile, reader)
    laid_out = {name: text.encode("utf-8", "replace") for name, text in read.items()}
    schema = json.dumps(case_schema(profile.KEYS), indent=1)
    laid_out["case.schema.json"] = schema.encode()
    if packed.events:
        laid_out[RECORD] = packed.events.encode()
        laid_out["pdq.csv"] = _hashes(case, packed).encode()
    reviews, unreviewed = json_ld(gathered.case, reader)
    laid_out |= _for_machines(gathered, reviews, profile, reader)
    laid_out[PROTOCOL] = protocol(packed, profile, unreviewed, reader)
    laid_out |= packed.beside | dict(reports)
    types = {one.sha256: one.examination.media_type for one in case.exhibits if one.examination}
    laid_out[CRATE] = crate(packed, laid_out, types)
    return laid_out


def _for_machines(
    gathered: Gathered, reviews: Mapping[str, object], profile: Profile, reader: Reader
) -> dict[str, bytes]:
    """Reviews, places and posts, each a file where there are any."""
    files = {}
    if reviews["@graph"]:
        files["reviews.jsonld"] = json.dumps(reviews, indent=1, ensure_ascii=False).encode()
    places = geojson(gathered.case)
    if places["features"]:
        files["places.geojson"] = json.dumps(places, indent=1, ensure_ascii=False).encode()
    if any(found.posts for found in gathered.seen.values()):
        sparse = profile.KEYS is not None
        files["posts.csv"] = posts_csv(gathered.seen, reader, sparse=sparse).encode()
    return files


def _hashes(case: CaseReport, packed: Packed) -> str:
    """PDQ of the whole pictures, as other desks and `withhold --list` take them."""
    text = io.StringIO(newline="")
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(("type", "value", "quality", "sha256"))
    for exhibit in case.exhibits:
        if exhibit.sha256 not in packed.originals or exhibit.examination is None:
            continue
        for view in exhibit.examination.views:
            for one in view.fingerprints if view.kind is ViewKind.WHOLE else ():
                if one.algorithm == _PDQ:
                    rows.writerow((_PDQ, one.hash.hex(), one.quality, exhibit.sha256))
    return text.getvalue()
