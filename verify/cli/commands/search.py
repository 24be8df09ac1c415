"""`verify-desk search`: words that people wrote, of findings and in pictures."""

from __future__ import annotations

import click

from verify.cli.arguments import json_option
from verify.cli.opened import desk_to_read
from verify.cli.output import json_line, sentence, table, tell
from verify.layouts.shapes import fields
from verify.records import Instant, say

_MOST = 1000


@click.command()
@click.argument("words", nargs=-1, required=True, metavar="WORDS...")
@json_option
def command(words: tuple[str, ...], as_json: bool) -> None:
    """Find cases by words in what people wrote, in findings and in pictures.

    People wrote notes, captions, claims and sources; all of the words must stand in one place.
    @name, #tag and AND are words like any other. As in the chat a search is narrowed by

    \b
    '"old bridge"'               these words side by side
    from:ada                     sent or posted by Ada
    tag:flood                    in cases with this tag
    'verdict:"out of context"'   in cases with this verdict; alone, with its reason
    service:telegram             came by this service
    after:2026-11-01             in cases opened on this day or later
    before:2026-12-01            in cases opened earlier
    """
    from verify.layouts.searching import searched
    from verify.wording.searching import kind

    with desk_to_read() as (desk, person):
        hits = desk.reports.search(person, searched(" ".join(words)), limit=_MOST)
    if as_json:
        for hit in hits:
            json_line(fields(hit, sentence))
        return
    if not hits:
        tell(say("Nothing here contains all of: {words}", words=" ".join(words)), err=True)
        return
    header = (say("Case"), say("What"), say("When"), say("Where"), say("Text"))
    table(
        header,
        ((hit.case_id, hit.title, Instant(at=hit.at), kind(hit.kind), hit.text) for hit in hits),
    )
