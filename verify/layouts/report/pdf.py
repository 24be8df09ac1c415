"""A report as a tagged PDF, typeset by Typst from a template of ours and data.

People's words go in as data alone and are never evaluated. Pictures are those of the record, which
were decoded and encoded anew; what is covered stands in words. The same report gives the same
bytes.
"""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any

from verify.errors import Unavailable
from verify.layouts import typesetting
from verify.layouts.typesetting import parts
from verify.records import Block, Code, Figure, Report, say

if TYPE_CHECKING:
    from typst import Compiler

_PNG = b"\x89PNG"
_FRAME = 0xC0, 0xC3  # how a JPEG says its size
_AS_THEY_ARE = frozenset(
    ("id", "kind", "type", "codes", "links", "numbered", "small", "language", "tall")
)


def pdf(report: Report) -> bytes:
    """The report as a file of PDF, by PDF/UA-1. Raises Unavailable where it cannot be typeset."""
    import typst

    try:
        made = typesetter(report).compile(format="pdf", pdf_standards=["ua-1"], timestamp=0)
    except typst.TypstError as error:
        raise Unavailable(say("The report cannot be laid out as a PDF.")) from error
    assert isinstance(made, bytes)  # noqa: S101 - one file for all pages
    return made


def typesetter(report: Report) -> Compiler:
    """What lays out the report, with all of its text as data."""
    return typesetting.typesetter("report/report.typ", _data(report))


def _data(report: Report) -> dict[str, Any]:
    named = {
        name: getattr(report, name) for name in ("title", "subtitle", "contents", "closed_cover")
    }
    return {
        **{name: parts(text) for name, text in named.items()},
        "language": report.language,
        "right_to_left": report.right_to_left,
        "sections": [
            {
                "id": section.id,
                "title": parts(section.title),
                "blocks": [_block(block) for block in section.blocks],
            }
            for section in report.sections
        ],
    }


def _block(block: Block) -> dict[str, Any]:
    """A block as plain data, its texts in parts; no file is written for its picture."""
    kind = block.__struct_config__.tag
    fields: dict[str, Any] = {"type": kind}
    for name in block.__struct_fields__:
        value = getattr(block, name)
        if isinstance(value, bytes):
            continue
        own = name in _AS_THEY_ARE or (isinstance(block, Code) and name == "text")
        fields[name] = value if own else parts(value)
    if isinstance(block, Figure) and not block.cover:
        fields["image"] = _drawing(block.image)
    return fields


def _drawing(image: bytes) -> str:
    """A picture of ours within an SVG, whose bytes go into the PDF as they are."""
    width, height = _size(image)
    kind = "png" if image.startswith(_PNG) else "jpeg"
    data = base64.b64encode(image).decode()
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}"><image'
        f' width="{width}" height="{height}" href="data:image/{kind};base64,{data}"/></svg>'
    )


def _size(image: bytes) -> tuple[int, int]:
    """Width and height of a PNG or JPEG that we encoded, from its header."""
    if image.startswith(_PNG):
        return int.from_bytes(image[16:20]), int.from_bytes(image[20:24])
    at = 2
    while not _FRAME[0] <= image[at + 1] <= _FRAME[1]:
        at += 2 + int.from_bytes(image[at + 2 : at + 4])
    return int.from_bytes(image[at + 7 : at + 9]), int.from_bytes(image[at + 5 : at + 7])
