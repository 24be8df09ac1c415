"""`verify-desk examine`: what files say about themselves. Keeps nothing."""

from __future__ import annotations

import hashlib
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import click
import msgspec

from verify.cli.arguments import existing_path, files_of, json_option
from verify.cli.output import json_line, print_lines, sentence
from verify.config import read_config
from verify.layouts.shapes import examination, film, links_in_name
from verify.layouts.text import file_lines, finding_lines
from verify.records import Examination, SentAs

_OF_RECEIPT = "capture_against_received"  # nothing is received here


@click.command()
@click.argument("paths", nargs=-1, required=True, type=existing_path, metavar="PATH...")
@json_option
def command(paths: tuple[Path, ...], as_json: bool) -> None:
    """Say what files tell about themselves, and those in folders.

    What it says is held against itself and against its name. Nothing is kept. A file that cannot be
    decoded is reported like any other. For --json a film is looked at from beginning to end, which
    may take minutes.
    """
    from verify.readers.text import add_text
    from verify.sandbox import Sandbox
    from verify.tesseract import Tesseract

    tesseract = Tesseract()
    with closing(Sandbox(children=1, trust=read_config().trust)) as sandbox:
        for file in files_of(paths):
            with file.open("rb") as stream:
                sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
            seen = sandbox.examine(file, filename=file.name, sent_as=SentAs.IMPORT)
            seen = _compared(add_text(seen, file, sandbox, tesseract), file.name)
            if as_json:
                watched = sandbox.watch(file) if _moves(seen) else None
                if watched:
                    findings = (*seen.findings, *watched.findings)
                    seconds = seen.seconds or watched.seconds
                    seen = msgspec.structs.replace(seen, findings=findings, seconds=seconds)
                line = {"file": str(file), "sha256": sha256, **examination(seen, sentence)}
                json_line({**line, **film(watched), "links": links_in_name(file.name)})
            else:
                print_lines(file_lines(str(file), sha256, seen, sentence))
                print_lines(finding_lines(seen.findings, sentence))


def _moves(seen: Examination) -> bool:
    return seen.media_type.startswith("video/") or any(one.at_ms for one in seen.views)


def _compared(seen: Examination, name: str) -> Examination:
    """With what comparisons find without a claim: readings against each other and the name."""
    from verify.comparisons import Circumstances, run

    alone = Circumstances(examination=seen, received_at=datetime.now(UTC), filename=name)
    found = (one for one in run(alone) if one.check != _OF_RECEIPT)
    return msgspec.structs.replace(seen, findings=(*seen.findings, *found))
