"""`verify-desk examine`: what files say about themselves. Keeps nothing."""

from __future__ import annotations

import hashlib
from contextlib import closing
from pathlib import Path

import click

from verify.cli.arguments import existing_file, json_option
from verify.cli.output import json_line, print_lines, sentence
from verify.config import read_config
from verify.layouts.shapes import examination, links_in_name
from verify.layouts.text import file_lines, finding_lines
from verify.records import SentAs


@click.command()
@click.argument("files", nargs=-1, required=True, type=existing_file, metavar="FILE...")
@json_option
def command(files: tuple[Path, ...], as_json: bool) -> None:
    """Say what files tell about themselves.

    Nothing is kept. A file that cannot be decoded is reported like any other.
    """
    from verify.readers.text import add_text
    from verify.sandbox import Sandbox
    from verify.tesseract import Tesseract

    tesseract = Tesseract()
    with closing(Sandbox(children=1, trust_list=read_config().trust_list)) as sandbox:
        for file in files:
            with file.open("rb") as stream:
                sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
            seen = sandbox.examine(file, filename=file.name, sent_as=SentAs.IMPORT)
            seen = add_text(seen, file, sandbox, tesseract)
            if as_json:
                line = {"file": str(file), "sha256": sha256, **examination(seen, sentence)}
                json_line({**line, "links": links_in_name(file.name)})
            else:
                print_lines(file_lines(str(file), sha256, seen, sentence))
                print_lines(finding_lines(seen.findings, sentence))
