"""XMP that is no XML, made XML in the ways in which programs break it.

Letters that are no UTF-8, control characters, bare ampersands and brackets, prefixes that are never
declared, an attribute twice, elements that are closed by another name, not at all, or too often.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from verify.lab.bounded_text import decode_mixed

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_BARE = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[0-9A-Fa-f]{1,6});)")
_DECLARED = re.compile(r"xmlns:([\w.-]{1,60})\s*=")
_USED = re.compile(r"<([A-Za-z_][\w.-]{0,60}):|\s([A-Za-z_][\w.-]{0,60}):[\w.-]{1,80}\s*=\s*[\"']")
_NAME = r"[A-Za-z_][\w.-]{0,80}(?::[A-Za-z_][\w.-]{0,80})?"
_TAG = re.compile(
    rf"<(/?)({_NAME})((?:\s+{_NAME}\s*=\s*(?:\"[^\"<]*\"|'[^'<]*'))*)\s*(/?)>|<[?!][^>]*>"
)
_ATTRIBUTE = re.compile(rf"({_NAME})\s*=\s*(\"[^\"]*\"|'[^']*')")
_UNDECLARED = "urn:undeclared:"


def mended(packet: bytes, uris: Mapping[str, str]) -> bytes:
    """A packet from its first element on, with all its prefixes declared. uris: of known ones."""
    text = _BARE.sub("&amp;", _NOT_XML.sub("", decode_mixed(packet)))
    used = {one or other for one, other in _USED.findall(text)}
    missing = sorted(used - set(_DECLARED.findall(text)) - {"xml", "xmlns"})[:100]
    declared = "".join(
        f' xmlns:{prefix}="{uris.get(prefix, _UNDECLARED + prefix)}"' for prefix in missing
    )
    return re.sub(r"^(<[\w.:-]+)", rf"\1{declared}", text, count=1).encode()


def balanced(packet: bytes) -> bytes:
    """A mended packet, each of whose elements is closed where it should be.

    What the end of the packet cuts short is left out: a value is read whole or not at all.
    """
    return "".join(_balanced(packet.decode("utf-8", "replace"))).encode()


def _balanced(text: str) -> Iterator[str]:
    at, opened, said = 0, list[str](), False
    for tag in _TAG.finditer(text):
        between = text[at : tag.start()]
        yield _plain(between)
        at, said = tag.end(), said or bool(between.strip())
        closes, name, attributes, empty = tag.groups()
        if name is None:  # a comment or an instruction
            continue
        if not closes:
            if said and opened:  # what holds words holds no elements: its end is missing
                yield f"</{opened.pop()}>"
            said = False
            unlike = {one[1]: one[2] for one in _ATTRIBUTE.finditer(attributes)}
            yield f"<{name}{''.join(f' {key}={value}' for key, value in unlike.items())}{empty}>"
            if not empty:
                opened.append(name)
        elif (place := _last(opened, name)) is not None:
            yield "".join(f"</{one}>" for one in reversed(opened[place:]))
            del opened[place:]
            said = False
            if not opened:
                return
    yield "".join(f"</{one}>" for one in reversed(opened))


def _plain(text: str) -> str:
    return text.replace("<", "&lt;").replace(">", "&gt;")


def _last(opened: list[str], name: str) -> int | None:
    """Where the element stands that is closed by this name, whatever the case of its letters."""
    lower = name.lower()
    places = (place for place in reversed(range(len(opened))) if opened[place].lower() == lower)
    return next(places, None)
