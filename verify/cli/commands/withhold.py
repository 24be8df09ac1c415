"""`verify-desk withhold`: exhibits whose possession may be a crime."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import click

from verify.cli.arguments import existing_file, json_option
from verify.cli.carrying import carry_out
from verify.cli.output import json_line, tell
from verify.errors import BadInput
from verify.jobs.kinds.withhold import Job, Result
from verify.records import say, say_many

_LINE = re.compile(r"(?:(sha256|sha1|md5|pdq)[:\s]+)?([0-9a-f]+)(?:[\s,].*)?", re.IGNORECASE)
_BY_LENGTH = {64: "sha256", 40: "sha1", 32: "md5"}
_MOST_BYTES = 200_000_000


@click.command()
@click.argument("exhibits", nargs=-1, metavar="[SHA256]...")
@click.option(
    "--list", "file", type=existing_file, metavar="FILE",
    help="Hashes, one a line: SHA-256, SHA-1 or MD5, and PDQ behind “pdq:”.",
)  # fmt: skip
@click.option("--show-to", "member", default="", metavar="NAME", help="The one who may see them.")
@json_option
def command(exhibits: tuple[str, ...], file: Path | None, member: str, as_json: bool) -> None:
    """Withhold exhibits whose possession may be a crime, and know them by a list of hashes.

    They are examined, indexed, exported and backed up no more, go from the local chat, and are
    shown to one person alone; originals stay in the vault. What to do with them, and whether you
    may keep them at all, ask your lawyer or a hotline.
    """
    hashes = tuple(_hashes(file)) if file else ()
    if not hashes and not exhibits and not member:
        raise BadInput(say("Name an exhibit by its SHA-256, or a list of hashes."))

    def show(done: Result) -> None:
        if as_json:
            json_line({name: getattr(done, name) for name in done.__struct_fields__})
            return
        if file:
            tell(
                say_many(
                    "{count} new hash is on the list.",
                    "{count} new hashes are on the list.",
                    done.hashes,
                )
            )
        tell(
            say_many(
                "{count} exhibit is withheld since.",
                "{count} exhibits are withheld since.",
                done.withheld,
            )
        )
        if done.joined:
            tell(
                say_many(
                    "{count} hash of what is withheld joined the list: copies are known by it.",
                    "{count} hashes of what is withheld joined the list: copies are known by them.",
                    done.joined,
                )
            )
        tell(
            say(
                "Telegram's chats, exports and backups made before may hold it still. Ask your"
                " lawyer or a hotline what to do."
            )
        )

    named = tuple(one.lower() for one in exhibits)
    carry_out("withhold", Job(hashes, named, member), show)


def _hashes(file: Path) -> Iterator[tuple[str, str]]:
    """The hashes in a list. Raises BadInput for a line that holds none."""
    if file.stat().st_size > _MOST_BYTES:
        raise BadInput(say("{file} is too large for a list of hashes.", file=str(file)))
    with file.open("rb") as lines:
        for number, raw in enumerate(lines, start=1):
            line = raw.decode("utf-8-sig", "replace").strip()
            if not line or line.startswith("#"):
                continue
            found = _LINE.fullmatch(line)
            value = found[2].lower() if found else ""
            name = (found[1] or "").lower() if found else ""
            kind = name or _BY_LENGTH.get(len(value), "")
            if not kind or len(value) != {"pdq": 64, "sha256": 64, "sha1": 40, "md5": 32}[kind]:
                raise BadInput(
                    say("Line {number} of {file} is no hash.", number=number, file=str(file))
                )
            yield kind, value
