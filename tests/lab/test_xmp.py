"""XMP: what is damaged is read as far as it goes, and structures keep their parents."""

from __future__ import annotations

import pytest

from tests.lab.specimens import xmp
from tests.photographs import encode, photograph
from verify.lab.examine import examine
from verify.lab.written.xmp import read_xmp
from verify.records import Finding, listed

SMALL = photograph("china").reduce(8)
AI = "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"
MARK = f"<Iptc4xmpExt:DigitalSourceType>{AI}</Iptc4xmpExt:DigitalSourceType>"


def findings(packet: bytes, check: str) -> list[Finding]:
    told = examine(encode(SMALL, xmp=packet)).findings
    return [finding for finding in told if finding.check == check]


def place(name: str, city: str, country: str) -> str:
    parts = f"<Iptc4xmpExt:City>{city}</Iptc4xmpExt:City>"
    parts += f"<Iptc4xmpExt:CountryName>{country}</Iptc4xmpExt:CountryName>"
    item = f"<rdf:li rdf:parseType='Resource'>{parts}</rdf:li>"
    return f"<Iptc4xmpExt:{name}><rdf:Bag>{item}</rdf:Bag></Iptc4xmpExt:{name}>"


@pytest.mark.parametrize(
    "damage",
    [
        b"<photopea:app>x</photopea:app>",
        b"<dc:title>caf\xe9</dc:title>",
        b"<dc:title>a\x01b</dc:title>",
        b"<dc:title>fish & chips</dc:title>",
        b"<dc:title>never closed",
        b"<dc:title>5 < 6</dc:title>",
        b"<dc:title>other case</dc:Title>",
        b"<dc:title xml:lang='a' xml:lang='b'>twice</dc:title>",
        b"</dc:title>",
    ],
    ids=[
        "undeclared prefix",
        "Latin-1 byte",
        "control character",
        "bare ampersand",
        "not closed",
        "bare bracket",
        "closed by another name",
        "an attribute twice",
        "closed and never opened",
    ],
)
@pytest.mark.parametrize("first", [True, False])
def test_a_generators_mark_is_read_from_a_damaged_packet(damage: bytes, first: bool) -> None:
    packet = xmp("DAMAGE" + MARK if first else MARK + "DAMAGE").replace(b"DAMAGE", damage)
    assert [finding.outcome for finding in findings(packet, "generator")] == ["flagged"]
    [told] = findings(packet, "letters")
    assert "damaged" in told.summary.template


def test_a_value_that_the_end_cuts_short_is_not_read() -> None:
    packet = xmp("<tiff:Make>Canon</tiff:Make><tiff:Model>EOS R5 Mark II</tiff:Model>")
    read = read_xmp(packet[: packet.index(b" Mark")])
    assert (read.get("tiff:Make"), read.get("tiff:Model")) == (["Canon"], None)


def test_a_whole_packet_is_not_called_damaged() -> None:
    assert findings(xmp(MARK), "letters") == []


def test_a_property_of_an_undeclared_known_prefix_is_read_by_its_name() -> None:
    packet = xmp("<tiff:Make>Canon</tiff:Make>")
    assert read_xmp(packet)["tiff:Make"] == ["Canon"]


def test_where_the_camera_stood_and_what_is_shown_are_two_places() -> None:
    places = place("LocationCreated", "Amman", "Jordan") + place("LocationShown", "Homs", "Syria")
    told = findings(xmp(places), "position")
    assert [(one.summary.template, one.summary.values["place"]) for one in told] == [
        ("The file names the place where the camera stood: {place}.", "Amman, Jordan"),
        ("The file names the place that is shown: {place}.", "Homs, Syria"),
    ]


def test_each_structure_keeps_its_own_fields() -> None:
    packet = xmp(
        place("LocationShown", "Homs", "Syria") + place("LocationCreated", "Amman", "Jordan")
    )
    [shown] = read_xmp(packet).structures["Iptc4xmpExt:LocationShown"]
    assert shown["Iptc4xmpExt:City"] == ["Homs"]


def test_a_work_that_is_shown_is_not_the_picture_itself() -> None:
    work = (
        "<Iptc4xmpExt:ArtworkOrObject><rdf:Bag><rdf:li rdf:parseType='Resource'>"
        "<Iptc4xmpExt:AOTitle>Guernica</Iptc4xmpExt:AOTitle>"
        "<Iptc4xmpExt:AOCreator><rdf:Seq><rdf:li>Picasso</rdf:li></rdf:Seq></Iptc4xmpExt:AOCreator>"
        "</rdf:li></rdf:Bag></Iptc4xmpExt:ArtworkOrObject>"
    )
    [told] = findings(xmp(work), "people")
    assert told.summary.values["work"] == "Guernica, Picasso"


def test_photoshops_log_and_what_was_put_in_are_told() -> None:
    log = "2023-10-17T18:59:00+03:00\tFile a.jpg opened\nContent-Aware Fill\nClone Stamp"
    ancestors = "<rdf:Bag><rdf:li>xmp.did:1</rdf:li><rdf:li>xmp.did:2</rdf:li></rdf:Bag>"
    packet = xmp(
        f"<photoshop:History>{log}</photoshop:History>"
        f"<photoshop:DocumentAncestors>{ancestors}</photoshop:DocumentAncestors>"
    )
    others, steps = findings(packet, "device")
    assert others.summary.values["count"] == 2
    assert steps.summary.values["steps"] == listed(
        ["File a.jpg opened", "Content-Aware Fill", "Clone Stamp"]
    )
