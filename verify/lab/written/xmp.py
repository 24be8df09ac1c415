"""XMP packets: every property by its name, and what structures hold by the property they stand in.

Source: ISO 16684-1. Parsed by defusedxml: no entities, no document type, no outside. What is not
well-formed is mended in the ways in which programs break it, and read as far as it goes.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element, ParseError

from defusedxml.ElementTree import iterparse

from verify.lab.written.mending import balanced, mended

MAX_PACKET = 4 << 20
MAX_MENDED = 512 << 10
"""Of a packet that is not well-formed, what is tried."""
MAX_VALUES = 5000
MAX_DEPTH = 6
"""Of structures in structures; honest ones have three."""

_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_PREFIXES = {
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://ns.adobe.com/xap/1.0/": "xmp",
    "http://ns.adobe.com/xap/1.0/mm/": "xmpMM",
    "http://ns.adobe.com/xap/1.0/sType/ResourceEvent#": "stEvt",
    "http://ns.adobe.com/xap/1.0/sType/ResourceRef#": "stRef",
    "http://ns.adobe.com/xap/1.0/rights/": "xmpRights",
    "http://ns.adobe.com/exif/1.0/": "exif",
    "http://ns.adobe.com/exif/1.0/aux/": "aux",
    "http://cipa.jp/exif/1.0/": "exifEX",
    "http://ns.adobe.com/tiff/1.0/": "tiff",
    "http://ns.adobe.com/photoshop/1.0/": "photoshop",
    "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/": "Iptc4xmpCore",
    "http://iptc.org/std/Iptc4xmpExt/2008-02-29/": "Iptc4xmpExt",
    "http://www.dji.com/drone-dji/1.0/": "drone-dji",
    "http://pix4d.com/camera/1.0/": "Camera",
    "http://ns.google.com/photos/1.0/camera/": "GCamera",
    "http://ns.google.com/photos/1.0/container/": "Container",
    "http://ns.google.com/photos/1.0/container/item/": "Item",
    "http://www.tc260.org.cn/ns/AIGC/1.0/": "TC260",
}
_URIS = {prefix: uri for uri, prefix in _PREFIXES.items()} | {
    "rdf": _RDF,
    "x": "adobe:ns:meta/",
    "xap": "http://ns.adobe.com/xap/1.0/",
    "xapMM": "http://ns.adobe.com/xap/1.0/mm/",
}
_START = re.compile(rb"<((?:[\w.-]+:)?(?:xmpmeta|xapmeta|RDF))\b")

Structure = dict[str, list[str]]


class Xmp(dict[str, list[str]]):
    """Property (`dc:creator`) -> its values in order.

    What stands in a structure has the property before it: `xmpMM:History/stEvt:when`. Names
    outside the known namespaces keep their local part, as `?:name`.
    structures: property -> each structure in it, with its fields.
    damaged: the packet is not well-formed; what could be read of it is here.
    """

    def __init__(self, values: dict[str, list[str]] | None = None, damaged: bool = False) -> None:
        super().__init__(values or {})
        self.structures: dict[str, list[Structure]] = {}
        self.damaged = damaged

    def beneath(self, other: Xmp) -> Xmp:
        """The two in one; where both name a property, the other's."""
        joined = Xmp({**self, **other}, self.damaged or other.damaged)
        joined.structures = {**self.structures, **other.structures}
        return joined


def read_xmp(packet: bytes) -> Xmp:
    """Read a packet, damaged or not. Never raises."""
    packet = packet[:MAX_PACKET]
    if packet[:2] in (b"\xff\xfe", b"\xfe\xff") or b"<\0" in packet[:8] or b"\0<" in packet[:8]:
        packet = packet.decode("utf-16", "replace").encode()
    start = _START.search(packet)
    if not start:
        return Xmp(damaged=bool(packet.strip(b"\0 \r\n\t")))
    stop = re.compile(rb"</%b\s*>" % re.escape(start[1])).search(packet, start.end())
    found = packet[start.start() : stop.end() if stop else len(packet)]
    root, whole = _parsed(found) if stop else (None, False)
    if not whole:
        packet = mended(found[:MAX_MENDED], _URIS)
        root, whole_now = _parsed(packet)
        if not whole_now:
            root, _ = _parsed(balanced(packet))
    read = _walk(root) if root is not None else Xmp()
    read.damaged = not whole
    return read


def _parsed(packet: bytes) -> tuple[Element | None, bool]:
    """The root with all that came before the first fault, and whether there was none."""
    root: Element | None = None
    try:
        for _, element in iterparse(io.BytesIO(packet), ("start",), forbid_dtd=True):
            if root is None:
                root = element
    except (ParseError, ValueError, LookupError):
        return root, False
    return root, root is not None


@dataclass(frozen=True)
class _At:
    """An element still to be read, and where its values go.

    path: of the property it belongs to. owner: the structure that the property is a field of;
    inner: the structure that it is itself.
    """

    element: Element
    path: str = ""
    owner: Structure | None = None
    inner: Structure | None = None
    depth: int = 0


def _walk(root: Element) -> Xmp:
    """Without recursion, since depth is the writer's choice."""
    found = Xmp()
    waiting, left = [_At(root)], MAX_VALUES
    while waiting and left > 0:
        at = waiting.pop()
        for name, value in _values(at.element):
            _keep(found, at, name, value)
            left -= 1
        left -= 1
        waiting.extend(reversed([*_children(found, at)]))
    filled = {name: [one for one in held if one] for name, held in found.structures.items()}
    found.structures = {name: held for name, held in filled.items() if held}
    return found


def _values(element: Element) -> Iterator[tuple[str, str]]:
    """Each value that stands at an element: an attribute's name, or "" for its own text."""
    for attribute, value in element.attrib.items():
        if attribute == f"{{{_RDF}}}resource":
            yield "", value
        elif attribute != _LANGUAGE and not attribute.startswith(f"{{{_RDF}}}"):
            yield _name(attribute), value
    if element.text and (text := element.text.strip()):
        yield "", text


def _keep(found: Xmp, at: _At, name: str, value: str) -> None:
    """Put a value, that of an attribute or ("") of the element itself, where it belongs."""
    path = _beneath(at.path, name) if name else at.path
    if not path:
        return
    values = found.setdefault(path, [])
    values.insert(0 if at.element.get(_LANGUAGE) == "x-default" else len(values), value)
    structure, field = (at.inner, name) if name else (at.owner, at.path.rpartition("/")[2])
    if structure is not None:
        structure.setdefault(field, []).append(value)


def _children(found: Xmp, at: _At) -> Iterator[_At]:
    for child in at.element:
        if child.tag == f"{{{_RDF}}}li" and at.path:
            yield _At(child, at.path, at.owner, _new(found, at.path), at.depth)
        elif child.tag.startswith(f"{{{_RDF}}}"):
            yield _At(child, at.path, at.owner, at.inner, at.depth)
        elif at.depth < MAX_DEPTH:
            path = _beneath(at.path, _name(child.tag))
            yield _At(child, path, at.inner, _new(found, path), at.depth + 1)


def _beneath(path: str, name: str) -> str:
    return f"{path}/{name}" if path else name


def _new(found: Xmp, path: str) -> Structure:
    structure: Structure = {}
    found.structures.setdefault(path, []).append(structure)
    return structure


def _name(tag: str) -> str:
    namespace, _, local = tag[1:].rpartition("}") if tag.startswith("{") else ("", "", tag)
    return f"{_PREFIXES.get(namespace, '?')}:{local}"
