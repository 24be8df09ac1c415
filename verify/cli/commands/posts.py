"""`verify-desk posts`: the archive of posts, in the order of their times."""

from __future__ import annotations

import click

from verify.cli.arguments import json_option, one_line
from verify.cli.opened import desk_to_read
from verify.cli.output import json_line, table
from verify.cli.statuses import DONE
from verify.layouts import posts
from verify.records import KeptPost, say

_SHOWN = 80  # letters of a text in a table


@click.command()
@click.option("--account", metavar="NAME", type=one_line, help="Only of this account.")
@json_option
def command(account: str | None, as_json: bool) -> int:
    """List the posts of the archive, in the order of their times.

    They come from exports of chats and channels that `import` took in. A time without a zone is
    as its export has it; posts without a time come last.
    """
    with desk_to_read() as (desk, person):
        found = desk.posts.of(person, account) if account else desk.posts.every(person)
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
