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
from verify.layouts.profiles import Profile
from verify.layouts.schema import case_schema
from verify.records import CaseReport, Packed, ViewKind

if TYPE_CHECKING:
    from verify.language import Reader

RECORD = "custody.jsonl"
_PDQ = "pdq"


def texts(
    packed: Packed,
    case: CaseReport,
    profile: Profile,
    reader: Reader,
    reports: Mapping[str, bytes],
) -> dict[str, bytes]:
    """What stands below `data/` beside originals, by name. reports: as they were made before."""
    read = handout.texts(case, profile, packed.profile, reader)
    laid_out = {name: text.encode("utf-8", "replace") for name, text in read.items()}
    schema = json.dumps(case_schema(profile.KEYS), indent=1)
    laid_out["case.schema.json"] = schema.encode()
    if packed.events:
        laid_out[RECORD] = packed.events.encode()
        laid_out["pdq.csv"] = _hashes(case, packed).encode()
    laid_out |= packed.beside | dict(reports)
    types = {one.sha256: one.examination.media_type for one in case.exhibits if one.examination}
    laid_out[CRATE] = crate(packed, laid_out, types)
    return laid_out


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
