"""The list of pages in a WACZ: `pages/pages.jsonl`, whose first line says what it is.

Source: webrecorder/specs, WACZ 1.1.1 and 1.2.0.
"""

from __future__ import annotations

from collections.abc import Iterator

from verify.lab.importers import Source
from verify.lab.importers._fields import first
from verify.lab.importers._json_lines import first_object, objects_in
from verify.lab.importers._moments import of_iso
from verify.lab.importers._pages import page
from verify.lab.importers._reasons import MALFORMED
from verify.records import Post, Sentence, Unread

NAME = "WACZ, pages"

_FORMAT = "json-pages-1.0"


def recognises(source: Source) -> bool:
    """By its first line."""
    told = first_object(source.content) if source.name.lower().endswith(".jsonl") else None
    return told is not None and told.get("format") == _FORMAT


def read(source: Source) -> Iterator[Post | Unread]:
    """Each page with its title and, where the list has it, its text."""
    for number, told in objects_in(source.content):
        what = f"{source.name}:{number}"[:300]
        if isinstance(told, Sentence):
            yield Unread(what=what, why=told)
        elif "format" not in told:
            link = first(told, "url")
            if link.startswith(("http://", "https://")):
                yield _post(link, first(told, "title"), first(told, "text"), first(told, "ts"))
            else:
                yield Unread(what=what, why=MALFORMED)


def _post(link: str, title: str, text: str, kept: str) -> Post:
    escaped = [part.replace("&", "&amp;").replace("<", "&lt;") for part in (title, text)]
    html = f"<title>{escaped[0]}</title><body><pre>{escaped[1]}</pre></body>"
    return page(link, html.encode("utf-8", "replace"), of_iso(kept), "utf-8")
