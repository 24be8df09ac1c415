"""XMP packets, made flat: every property by its name, wherever it is nested.

Source: ISO 16684-1. Parsed by defusedxml: no entities, no document type, no outside.
"""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element, ParseError

from defusedxml.ElementTree import fromstring

MAX_PACKET = 4 << 20
MAX_VALUES = 5000

Xmp = dict[str, list[str]]

_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_PREFIXES = {
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://ns.adobe.com/xap/1.0/": "xmp",
    "http://ns.adobe.com/xap/1.0/mm/": "xmpMM",
    "http://ns.adobe.com/xap/1.0/sType/ResourceEvent#": "stEvt",
    "http://ns.adobe.com/xap/1.0/rights/": "xmpRights",
    "http://ns.adobe.com/exif/1.0/": "exif",
    "http://ns.adobe.com/exif/1.0/aux/": "aux",
    "http://cipa.jp/exif/1.0/": "exifEX",
    "http://ns.adobe.com/tiff/1.0/": "tiff",
    "http://ns.adobe.com/photoshop/1.0/": "photoshop",
    "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/": "Iptc4xmpCore",
    "http://iptc.org/std/Iptc4xmpExt/2008-02-29/": "Iptc4xmpExt",
}
_START = re.compile(rb"<((?:[\w.-]+:)?(?:xmpmeta|xapmeta|RDF))\b")


def read_xmp(packet: bytes) -> Xmp:
    """Property (`dc:creator`) -> its values in order; empty when the packet cannot be parsed.

    Names outside the known namespaces keep their local part, as `?:name`.
    """
    packet = packet[:MAX_PACKET]
    if packet[:2] in (b"\xff\xfe", b"\xfe\xff") or b"<\0" in packet[:8] or b"\0<" in packet[:8]:
        packet = packet.decode("utf-16", "replace").encode()
    start = _START.search(packet)
    stop = start and re.compile(rb"</%b\s*>" % re.escape(start[1])).search(packet, start.end())
    if not start or not stop:
        return {}
    try:
        root = fromstring(packet[start.start() : stop.end()], forbid_dtd=True)
    except (ParseError, ValueError, LookupError):
        return {}
    return _flatten(root)


def _flatten(root: Element) -> Xmp:
    """Walk without recursion, since depth is the writer's choice."""
    found: Xmp = {}
    waiting = [(root, "")]
    left = MAX_VALUES
    while waiting and left > 0:
        element, owner = waiting.pop()
        name = owner if element.tag.startswith(f"{{{_RDF}}}") else _name(element.tag)
        for attribute, value in element.attrib.items():
            if attribute != _LANGUAGE and not attribute.startswith(f"{{{_RDF}}}"):
                found.setdefault(_name(attribute), []).append(value)
                left -= 1
            elif attribute == f"{{{_RDF}}}resource":
                found.setdefault(name, []).append(value)
        if element.text and (text := element.text.strip()) and name:
            values = found.setdefault(name, [])
            values.insert(0 if element.get(_LANGUAGE) == "x-default" else len(values), text)
        left -= 1
        waiting.extend((child, name) for child in reversed(element))
    return found


def _name(tag: str) -> str:
    namespace, _, local = tag[1:].rpartition("}") if tag.startswith("{") else ("", "", tag)
    return f"{_PREFIXES.get(namespace, '?')}:{local}"
