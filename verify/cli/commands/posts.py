"""`verify-desk posts`: the archive of posts, in the order of their times."""

from __future__ import annotations

from collections.abc import Iterable

import click

from verify.cli.arguments import json_option, one_line
from verify.cli.opened import desk_to_read
from verify.cli.output import json_line, table
from verify.cli.statuses import DONE
from verify.layouts import posts
from verify.records import KeptPost, say

_SHOWN = 80  # letters of a text in a table


@click.command()
@click.argument("words", nargs=-1)
@click.option("--account", metavar="NAME", type=one_line, help="Only of this account.")
@json_option
def command(words: tuple[str, ...], account: str | None, as_json: bool) -> int:
    """List the posts of the archive, in the order of their times.

    With WORDS those in which all of them stand, in any of their forms. They come from exports of
    chats and channels that `import` took in. A time without a zone is as its export has it; posts
    without a time come last.
    """
    with desk_to_read() as (desk, person):
        found: Iterable[KeptPost] = desk.posts.every(person)
        if words:
            found = desk.posts.with_words(person, " ".join(words))
        if account:
            own = {one.id for one in desk.posts.of(person, account)}
            found = (one for one in found if one.id in own)
        if as_json:
            for one in found:
                json_line(posts.post(one))
            return DONE
        rows = [_row(one) for one in found]
    table((say("Posted"), say("Network"), say("Account"), say("Files"), say("Text")), rows)
    return DONE


def _row(one: KeptPost) -> tuple[str, str, str, str, str]:
    text = " ".join(one.post.text.split())[:_SHOWN]
    return one.post.at, one.post.network, one.shown_by, str(len(one.exhibits)), text
