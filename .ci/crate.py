"""Whether folders are RO-Crates, as rocrate-validator says: `crate.py FOLDER...`.

It runs in an environment of its own with roc-validator and rocrate, since roc-validator needs an
older rich than the desk. Nothing is fetched: the JSON-LD context is the one that rocrate ships.
"""

from __future__ import annotations

import sys
from pathlib import Path

import requests
import rocrate
from requests.adapters import HTTPAdapter
from rocrate_validator import services
from rocrate_validator.models import Severity, ValidationSettings

CONTEXT = Path(rocrate.__file__).parent / "data" / "ro-crate.jsonld"


def send(adapter: HTTPAdapter, request: requests.PreparedRequest, **more: object) -> object:
    """The context, as its address would give it; nothing else is at hand."""
    if not (request.url or "").startswith("https://w3id.org/ro/crate/1.1/context"):
        raise requests.ConnectionError(f"not fetched: {request.url}")
    response = requests.Response()
    response.status_code, response.url, response.request = 200, request.url or "", request
    response.headers["Content-Type"] = "application/ld+json"
    response._content = CONTEXT.read_bytes()
    return response


HTTPAdapter.send = send
failed = False
for folder in sys.argv[1:]:
    result = services.validate(
        ValidationSettings(
            rocrate_uri=folder,
            profile_identifier="ro-crate-1.1",
            requirement_severity=Severity.REQUIRED,
            no_cache=True,
        )
    )
    issues = result.get_issues(Severity.REQUIRED)
    print(f"{folder}: {len(issues)} issues")
    for issue in issues:
        print(f"  {issue.message}")
    failed = failed or bool(issues) or result.has_issues(Severity.REQUIRED)
sys.exit(failed)
