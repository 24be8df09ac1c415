"""`verify-desk import`: take pictures and whole folders into the desk."""

from __future__ import annotations

import os
import sys
from datetime import date
from pathlib import Path

import click

from verify.cli.archived import ask_about_exports, show_archived, show_bag, taken_out
from verify.cli.arguments import (
    existing_path,
    json_option,
    last_day,
    number,
    one_line,
    tag,
    web_address,
)
from verify.cli.carrying import carry_out
from verify.cli.imported import sum_up
from verify.cli.output import json_line, sentence, tell
from verify.cli.statuses import DONE, LEFT, REFUSED
from verify.config import read_config
from verify.errors import BadInput, Cancelled
from verify.jobs.kinds.import_ import Helped, Job, Result
from verify.jobs.kinds.preview import Job as PreviewJob
from verify.jobs.place import Place
from verify.records import CalendarDate, DateOrder, say

_folder = click.Path(exists=True, file_okay=False, readable=True, path_type=Path)


@click.command()
@click.argument("paths", nargs=-1, type=existing_path, metavar="PATH...")
@click.option("--case", type=number, help="Put them into this case, not each into its own.")
@click.option("--caption", metavar="WORDS", default="", help="What is said to be seen.")
@click.option("--by", type=one_line, metavar="NAME", default="", help="Who sent or posted them.")
@click.option(
    "--link", "links", multiple=True, type=web_address, metavar="URL", help="Where they stood."
)
@click.option("--tag", "tags", multiple=True, type=tag, metavar="TAG", help="Tag their cases.")
@click.option("--seal", is_flag=True, help="Seal who sent them, links and file names.")
@click.option("--confidential", is_flag=True, help="Only you see the posts of an export.")
@click.option(
    "--dates",
    type=click.Choice([one.value for one in DateOrder]),
    help="How an export writes dates that can be read both ways.",
)
@click.option(
    "--chat", "chats", multiple=True, metavar="NAME", help="Of an export, only this chat."
)
@click.option(
    "--keep-until", "until", type=last_day, metavar="DATE", help="The last day on which it is kept."
)
@click.option("--on", metavar="URL", help="Have workers do it, whose scheduler is there.")
@click.option(
    "--root", type=_folder, metavar="FOLDER", help="The folder that workers share, as seen here."
)
@click.option("--undo", type=number, metavar="NUMBER", help="Take out what an import brought.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@json_option
def command(
    paths: tuple[Path, ...],
    case: int | None,
    caption: str,
    by: str,
    links: tuple[str, ...],
    tags: tuple[str, ...],
    seal: bool,
    confidential: bool,
    dates: str | None,
    chats: tuple[str, ...],
    until: date | None,
    on: str | None,
    root: Path | None,
    undo: int | None,
    yes: bool,
    as_json: bool,
) -> int:
    """Take files and folders into the desk.

    Each new file opens a case. Importing the same file from the same place again changes
    nothing. Hidden files in folders are left out, and links there are not followed. Of a ZIP
    archive the files in it are taken, within bounds. In the end it says by name and case what is
    new, what was known, what to look at and what cannot be read.

    A bag that another desk exported is checked first, and refused where anything does not fit. Its
    pictures come into a case of their own, and what that desk says of them as its words.

    A list of hashes (SHA-256, SHA-1, MD5, PDQ, vPDQ), as CSV or a hash a line, is kept: an exhibit
    that it names says so. Of a hash a line the length tells the kind. 64 digits are SHA-256, or PDQ
    where the first line is "pdq" or nearly all have as many ones as zeros.

    Exports of chats and channels open no case: their posts become the archive, which pictures are
    matched against. `posts` and `account` read it; --undo takes an import out again. --keep-until
    gives a last day to cases that open and to what an export brings; nothing is wiped by itself.

    With --on and --root other computers do the work (`verify-desk work`, docs/scale.md).
    """
    if undo is not None:
        return taken_out(undo, paths, yes=yes, as_json=as_json)
    if not paths:
        context = click.get_current_context()
        raise click.MissingParameter(ctx=context, param=context.command.params[0])
    if until and case is not None:
        raise BadInput(
            say(
                "A case is there already: {command} sets its day.",
                command=f"verify-desk keep {case} --until",
            )
        )
    results: list[Result] = []

    def show(found: Result) -> None:
        results.append(found)
        _show(found, as_json)

    helped = _helped(on, root)
    places = tuple(map(Place.of, paths))
    order = DateOrder(dates) if dates else None
    if not yes and not as_json and sys.stdin.isatty():
        asked = PreviewJob(places, order, chats)
        confidential, until = ask_about_exports(asked, confidential, until)
    job = Job(
        places,
        case,
        caption.strip(),
        by.strip(),
        links,
        tags,
        seal,
        confidential=confidential,
        dates=order,
        chats=chats,
        until=until,
        helped=helped,
    )
    if seal and tags:
        tell(
            say(
                "Tags are not sealed: whoever reads the desk or its disk reads {tags}.",
                tags=" ".join(f"#{one}" for one in tags),
            ),
            err=True,
        )
    try:
        carry_out("import", job, show)
    except Cancelled:
        if results:
            sum_up(results, as_json)
        raise
    sum_up(results, as_json)
    if until and not as_json and any(one.status in ("new", "posts") for one in results):
        tell(say("Kept until {date}.", date=CalendarDate(until.isoformat())))
    if (case, caption, by, links, tags) != (None, "", "", (), ()):
        _warn_of_repeated(results)
    _warn_of_exports(
        results,
        {
            "--case": case,
            "--caption": caption,
            "--by": by,
            "--link": links,
            "--tag": tags,
            "--seal": seal,
        },
    )
    if results and all(one.status == "refused" for one in results):
        return REFUSED
    return LEFT if any(map(_lacks, results)) else DONE


def _helped(on: str | None, root: Path | None) -> Helped | None:
    """By which computers. Raises BadInput."""
    if on is None and root is None:
        return None
    if on is None or root is None:
        raise BadInput(
            say(
                "{on} and {root} belong together: where the workers' scheduler is, and which folder"
                " they share with this computer.",
                on="--on URL",
                root="--root FOLDER",
            )
        )
    from verify.cluster import demand_extra
    from verify.cluster.lines import parted

    parted(on)
    demand_extra()
    keys = read_config().cluster_keys
    return Helped(on, Place.of(root), os.fsencode(keys) if keys else b"")


def _lacks(found: Result) -> bool:
    """Whether something of it was left out."""
    posts = found.posts.refused if found.posts else ()
    return found.status in ("left_out", "refused") or not all(one.by_choice for one in posts)


def _warn_of_repeated(results: list[Result]) -> None:
    """That what was said with the command is not kept of files that were here before."""
    if any(found.status == "repeated" for found in results):
        tell(
            say(
                "What the options say was not added to what was imported before: `claim` and the"
                " chat do that."
            ),
            err=True,
        )


def _warn_of_exports(results: list[Result], given: dict[str, object]) -> None:
    """That what was said with the command holds for no post of an export."""
    said = [option for option, value in given.items() if value]
    if said and any(found.bag for found in results):
        tell(
            say(
                "{options} says nothing of a bag: it says itself what its desk knows.",
                options=" ".join(said),
            ),
            err=True,
        )
    if said and any(found.posts for found in results):
        tell(
            say(
                "{options} says nothing of the posts of an export: they open no case and say"
                " themselves what is known of them.",
                options=" ".join(said),
            ),
            err=True,
        )


def _show(found: Result, as_json: bool) -> None:
    file = os.fsdecode(found.file)
    if found.posts:
        show_archived(found.posts, as_json)
        return
    if found.bag:
        show_bag(found.bag, file, as_json, again=found.status == "repeated")
        return
    if found.reason is None:
        if as_json:
            told = {name: getattr(found, name) for name in found.__struct_fields__}
            del told["reason"], told["posts"], told["bag"]
            json_line({**told, "file": file})
        return
    reason = sentence(found.reason)
    if as_json:
        json_line({"file": file, "status": found.status, "reason": reason})
    else:
        tell(say("{file}: {reason}", file=file, reason=reason), err=True)
