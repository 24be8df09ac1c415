"""`verify-desk pack`: what others checked, as one signed file without pictures."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from verify.cli.arguments import (
    existing_file,
    json_option,
    key_file,
    number,
    one_line,
)
from verify.cli.carrying import carry_out
from verify.cli.opened import desk_to_read
from verify.cli.output import json_line, sentence, tell
from verify.cli.pack_lines import plain, plain_given, show, show_added, show_given, show_removed
from verify.cli.pack_sharing import (
    expires_option,
    header_of,
    key,
    name_option,
    output_option,
    passphrase_option,
    share,
)
from verify.cli.passphrases import read as passphrase_of
from verify.cli.progress import Bar
from verify.cli.statuses import DONE, LEFT
from verify.config import read_config
from verify.errors import BadInput, NotFound
from verify.jobs.kinds.pack import Job
from verify.jobs.place import Place
from verify.records import (
    ByteSize,
    PackHeader,
    say,
    say_many,
)

if TYPE_CHECKING:
    from verify.desk.pack_building import Line


@click.group()
def command() -> None:
    """Build, share, add, list or remove packs of checks, which hold no pictures.

    A pack is one signed file: for each picture and film its fingerprints, local features and a
    small grey frame, what was concluded, by whom, when, and a link. What comes to the desk, and
    what is here, is held against it, offline. What is not published is shared with desks that you
    choose: encrypted to their key, without the frame and the conclusion, and with whom to ask.
    """


@command.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "--csv",
    "table",
    type=existing_file,
    required=True,
    metavar="FILE",
    help="A line for each picture: file, rating, date, link; by and claim where you like.",
)
@output_option
@click.option(
    "--sign",
    "key",
    type=key_file,
    required=True,
    metavar="KEYFILE",
    help="Sign it by this key of `signer`.",
)
@passphrase_option
@click.option(
    "--publisher",
    type=one_line,
    required=True,
    metavar="NAME",
    help="Who answers for it; who checked, where a line does not say.",
)
@name_option
@expires_option
@click.option(
    "--withdraws",
    type=existing_file,
    multiple=True,
    metavar="FILE",
    help="An earlier pack, which counts no more where this one is added.",
)
@json_option
def build(
    folder: Path,
    table: Path,
    output: Path,
    key: Path,
    passphrase: Path | None,
    publisher: str,
    name: str | None,
    expires: date | None,
    withdraws: tuple[Path, ...],
    as_json: bool,
) -> int:
    """Make a pack of what is in FOLDER, by a table of what was concluded.

    Give what you have published alone. Lines that cannot go in are named, the rest goes in. No
    desk is needed, and nothing of one is read.
    """
    from verify.desk.pack_building import count
    from verify.store.folder.files import demand_new
    from verify.store.keeping import signing
    from verify.store.packs import file

    demand_new(output)
    if not output.absolute().parent.is_dir():
        raise BadInput(say("There is no {file}.", file=str(output.parent)))
    total = count(table)
    signer = signing.read(key, passphrase_of(passphrase))
    header = header_of(
        name or output.stem, publisher, expires, tuple(_digest(one, signer) for one in withdraws)
    )
    made = _Making(folder, table, header, total, as_json)
    digest = file.write(output, signer, header, made.blocks())
    told = signing.fingerprint(signing.public(signer))
    size = output.stat().st_size
    if as_json:
        json_line(
            {
                "file": str(output),
                "digest": digest,
                "key": told,
                "bytes": size,
                "entries": made.done,
                "left_out": made.left,
            }
        )
    else:
        tell(
            say_many(
                "{file} has {count} entry in {size}, signed by the key {key}.",
                "{file} has {count} entries in {size}, signed by the key {key}.",
                made.done,
                file=str(output),
                size=ByteSize(size),
                key=told,
            )
        )
    return LEFT if made.left else DONE


class _Making:
    """The entries of a pack as they are made. done, left: how many are in it and left out."""

    def __init__(
        self, folder: Path, table: Path, header: PackHeader, total: int, as_json: bool
    ) -> None:
        self._given = folder, table, header.publisher
        self._needed = not header.withdraws
        self._total, self._as_json = total, as_json
        self.done = self.left = 0

    def blocks(self) -> Iterator[bytes]:
        """The entries. Raises BadInput where there is none, and nothing is withdrawn."""
        from verify.desk.pack_building import lines
        from verify.sandbox import Sandbox

        with closing(Sandbox(children=1, trust=read_config().trust)) as sandbox, Bar() as bar:
            for line in lines(sandbox, *self._given):
                if line.wrong is None:
                    self.done += 1
                    yield line.block
                else:
                    self.left += 1
                    with bar.hidden():
                        self._show(line)
                bar.set(self.done + self.left, self._total)
        if self._needed and not self.done:
            raise BadInput(say("Nothing can go into this pack: no file was written."))

    def _show(self, line: Line) -> None:
        assert line.wrong is not None  # noqa: S101 - asked for by who calls
        if self._as_json:
            json_line({"line": line.number, "name": line.file, "wrong": sentence(line.wrong)})
            return
        tell(
            say(
                "Line {number} ({file}) is left out. {why}",
                number=line.number,
                file=line.file,
                why=line.wrong,
            ),
            err=True,
        )


def _digest(earlier: Path, signer: bytes) -> str:
    from verify.store.keeping import signing
    from verify.store.packs import file

    with file.opened(earlier, str(earlier)) as pack:
        if pack.key != signing.fingerprint(signing.public(signer)):
            raise BadInput(
                say("Another key signed {file}: only that can withdraw it.", file=str(earlier))
            )
        return pack.digest


@command.command()
@click.argument("file", type=existing_file)
@click.option("--key", type=key_file, metavar="KEYFILE", help="Open it by this key of `pack key`.")
@passphrase_option
@json_option
def add(file: Path, key: Path | None, passphrase: Path | None, as_json: bool) -> None:
    """Add a pack from a file, and hold what is here against it.

    The first pack of a publisher shows the fingerprint of the key; compare it with what the
    publisher tells elsewhere. From then on packs under this name are taken by that key alone.
    """
    from verify.store.keeping import age

    secret = age.read_identity(key, passphrase_of(passphrase)) if key else ""
    carry_out("pack", Job(Place.of(file), secret=secret), lambda one: show_added(one, as_json))


@command.command("list")
@json_option
def every(as_json: bool) -> None:
    """List the packs that are here, until when they count, and those that left."""
    packs, gave = [], []
    with suppress(NotFound), desk_to_read() as (desk, person):
        packs, gave = desk.packs.every(person), desk.pack_sharing.every(person)
    if as_json:
        for line in [*map(plain, packs), *map(plain_given, gave)]:
            json_line(line)
        return
    for one in packs:
        show(one)
    if not packs:
        tell(say("There are no packs here."))
    for other in gave:
        show_given(other)


@command.command()
@click.argument("pack", type=number, metavar="NUMBER")
@json_option
def remove(pack: int, as_json: bool) -> None:
    """Remove a pack, with all that it says of exhibits."""
    carry_out("pack", Job(removed=pack), lambda one: show_removed(one.pack, as_json))


command.add_command(share)
command.add_command(key)
