"""A report as one page of HTML: no script, nothing loaded, prints as it stands.

All text and every id stands outside of covers: a link or a search that hits something inside of one
would open it.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable, Iterator
from html import escape
from importlib import resources

from verify.language.runs import runs
from verify.records import (
    Block,
    Bullets,
    Code,
    Entry,
    Facts,
    Figure,
    Heading,
    Line,
    Report,
    Section,
    Table,
)

_TIME = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_PNG = b"\x89PNG"


def page(report: Report) -> bytes:
    """The report as a file of HTML."""
    return "".join(_page(report)).encode()


def _page(report: Report) -> Iterator[str]:
    style = (resources.files(__package__) / "page.css").read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; img-src data:; style-src 'sha256-{digest}'"
    direction = "rtl" if report.right_to_left else "ltr"
    yield f'<!DOCTYPE html>\n<html lang="{escape(report.language)}" dir="{direction}">\n<head>\n'
    yield '<meta charset="utf-8">\n'
    yield f'<meta http-equiv="Content-Security-Policy" content="{escape(policy)}">\n'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    yield '<meta name="referrer" content="no-referrer">\n'
    yield f"<title>{_bare(report.title)}</title>\n<style>{style}</style>\n</head>\n<body>\n"
    yield f"<header>\n<h1>{_text(report.title)}</h1>\n<p>{_text(report.subtitle)}</p>\n</header>\n"
    yield f'<nav aria-label="{_bare(report.contents)}">\n<ul>\n'
    for section in report.sections:
        yield f'<li><a href="#{section.id}">{_text(section.title)}</a></li>\n'
    yield "</ul>\n</nav>\n<main>\n"
    for section in report.sections:
        yield from _section(section, report)
    yield "</main>\n</body>\n</html>\n"


def _section(section: Section, report: Report) -> Iterator[str]:
    named = f"{section.id}-title"
    yield f'<section id="{section.id}" aria-labelledby="{named}">\n'
    yield f'<h2 id="{named}">{_text(section.title)}</h2>\n'
    for block in section.blocks:
        yield from _block(block, report)
    yield "</section>\n"


def _block(block: Block, report: Report) -> Iterator[str]:
    match block:
        case Heading():
            yield f'<h3 id="{escape(block.id)}">{_text(block.text)}</h3>\n'
        case Line():
            kind = f' class="{block.kind}"' if block.kind else ""
            yield f"<p{kind}>{_text(block.text)}</p>\n"
        case Facts():
            yield "<dl>\n"
            for name, value in block.rows:
                yield f"<dt>{_text(name)}</dt><dd>{_text(value)}</dd>\n"
            yield "</dl>\n"
        case Bullets():
            tag = "ol" if block.numbered else "ul"
            yield f"<{tag}>\n{_items(block.items)}</{tag}>\n"
        case Code():
            yield f'<p class="code">{_text(block.label)}: '
            yield f'<bdi dir="ltr"><code>{escape(block.text)}</code></bdi></p>\n'
        case Entry():
            yield f'<div class="entry"><p><span class="mark {escape(block.kind)}">'
            yield f"{_text(block.mark)}</span> {_text(block.text)}</p>\n"
            if block.details:
                yield f'<ul class="details">\n{_items(block.details)}</ul>\n'
            yield "</div>\n"
        case Figure():
            yield from _figure(block, report)
        case Table():
            yield from _table(block)


def _items(items: Iterable[str]) -> str:
    return "".join(f"<li>{_text(item)}</li>\n" for item in items)


def _figure(figure: Figure, report: Report) -> Iterator[str]:
    kind = "image/png" if figure.image.startswith(_PNG) else "image/jpeg"
    data = base64.b64encode(figure.image).decode()
    tall = ' class="tall"' if figure.tall else ""
    image = f'<img{tall} src="data:{kind};base64,{data}" alt="{_bare(figure.alt)}">'
    if not figure.cover:
        small = ' class="many"' if figure.small else ""
        yield f"<figure{small}>{image}{_caption(figure.caption)}</figure>\n"
        return
    # the summary is what a reader presses; in print it says where the drawing is
    yield f'<figure><p class="warning">{_text(figure.cover)}</p>\n'
    yield f'<p class="printed">{_text(report.closed_cover)}</p>\n'
    yield f"<details><summary>{_text(report.open_cover)}</summary>{image}</details>"
    yield f"{_caption(figure.caption)}</figure>\n"


def _caption(caption: str) -> str:
    return f"<figcaption>{_text(caption)}</figcaption>" if caption else ""


def _table(table: Table) -> Iterator[str]:
    yield '<div class="wide" tabindex="0" role="region" '
    yield f'aria-label="{_bare(", ".join(table.header))}">\n<table>\n<thead><tr>'
    for name in table.header:
        yield f'<th scope="col">{_text(name)}</th>'
    yield "</tr></thead>\n<tbody>\n"
    for at, row in enumerate(table.rows):
        yield "<tr>"
        for column, value in enumerate(row):
            told = f'<bdi dir="ltr">{_bare(value)}</bdi>' if column in table.codes else _text(value)
            if table.links and not column:
                told = f'<a href="#{escape(table.links[at])}">{told}</a>'
            yield f"<td>{told}</td>"
        yield "</tr>\n"
    yield "</tbody>\n</table>\n</div>\n"


def _text(text: str) -> str:
    """Text with its directions as elements, and no control character."""
    return "".join(
        f'<bdi dir="{direction}"{_kept(part)}>{escape(part)}</bdi>' if direction else escape(part)
        for direction, part in runs(text)
    )


def _kept(part: str) -> str:
    """A time is not broken over two lines."""
    return ' class="time"' if _TIME.match(part) else ""


def _bare(text: str) -> str:
    """Text for where no element can stand."""
    return escape("".join(part for _, part in runs(text)))
