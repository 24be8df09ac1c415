"""Typst, which lays out what a reader gets on paper and in drawings, from templates of ours.

People's words go in as data alone and are never evaluated. Characters that no font here has are
written out by their numbers. The same data gives the same bytes.
"""

from __future__ import annotations

import json
import unicodedata
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from verify.language.runs import runs

if TYPE_CHECKING:
    from typst import Compiler, Fonts

_FONTS = '"Vazirmatn", "Libertinus Serif", "DejaVu Sans Mono"'  # as the template has them
_PROBE = f"""#set document(title: "probe")
#set text(font: ({_FONTS}))
#text(sys.inputs.data)""".encode()


def typesetter(template: str, data: dict[str, Any]) -> Compiler:
    """What lays out data by a template in this folder, `report/report.typ`, after `words.typ`.

    data: has `language` and `right_to_left`; its texts are `parts`.
    """
    text = json.dumps(data, ensure_ascii=False)
    text = text.translate({ord(one): _written_out(one) for one in {*text} if not _shown(one)})
    ours = resources.files(__package__)
    return _compiler((ours / "words.typ").read_bytes() + (ours / template).read_bytes(), text)


def parts(value: Any) -> Any:
    """Rendered text as its runs; of several texts those of each."""
    if isinstance(value, str):
        return [[str(way), text] for way, text in runs(value)]
    return [parts(one) for one in value]


def _compiler(template: bytes, data: str) -> Compiler:
    import typst

    return typst.Compiler(
        template, ignore_system_fonts=True, font_paths=_fonts(), sys_inputs={"data": data}
    )


@cache
def _shown(character: str) -> bool:
    """Whether a font here has it: PDF/UA refuses what stands as an empty box."""
    import typst

    if character.isascii():
        return True
    if unicodedata.category(character) == "Cs":  # half a character
        return False
    try:
        _compiler(_PROBE, character).compile(format="pdf", pdf_standards=["ua-1"])
    except typst.TypstError:
        return False
    return True


def _written_out(character: str) -> str:
    """A character by its number, and a symbol by its name as well."""
    symbol = unicodedata.category(character) == "So"
    name = f" {unicodedata.name(character, '')}" if symbol else ""
    return f"[U+{ord(character):04X}{name.rstrip()}]"


@cache
def _fonts() -> Fonts:
    import typst

    folder = resources.files(__package__) / "report" / "fonts"
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=True, font_paths=[str(folder)]
    )
