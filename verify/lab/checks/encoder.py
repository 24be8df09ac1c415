"""With which encoder and which colour profile was the picture written?

Reads a JPEG's quantisation tables and how finely it keeps colours, the name of the colour profile,
and whether anything but the picture is in the file.

Outcomes: noted, the encoder whose tables these are with its quality, or that they are of none
known here; the profile; that there are no metadata. For other formats without a profile there is
no finding.

Errs: one library is in thousands of programs, so its tables tell little by themselves; cameras
have their own. They are those of the last time the file was saved, not of the first.

Example: the tables of libjpeg at quality 71 in a file that names a camera: it was saved again
after the camera, or the camera's maker uses that library.
"""

from __future__ import annotations

from collections.abc import Iterator

from PIL import JpegImagePlugin

from verify.lab.colour import profile_name
from verify.lab.imaging import Specimen
from verify.lab.quantisation import encoder
from verify.records import CredentialState, Finding, Outcome, Pillar, Sentence, say

PILLAR = Pillar.PROVENANCE
MEDIA = frozenset({"*"})

_SAMPLINGS = {0: "4:4:4", 1: "4:2:2", 2: "4:2:0"}


def check(specimen: Specimen) -> Iterator[Finding]:
    """Note the encoder of a JPEG, the colour profile, and that all else is missing."""
    if specimen.problem:
        return
    if specimen.media_type == "image/jpeg":
        yield from _tables(specimen)
    profile = specimen.opened.info.get("icc_profile")
    if isinstance(profile, bytes) and (name := profile_name(profile)):
        yield _finding(
            say("The picture carries the colour profile {profile}.", profile=name),
            "ICC profile",
            f"{name}, {len(profile)} bytes",
            say("Programs add and change profiles when they save; some devices have their own."),
        )
    if specimen.media_type == "image/jpeg" and not _anything_else(specimen):
        yield _finding(
            say("The file carries nothing but the picture: no metadata at all."),
            "whole file",
            "",
            say("Most platforms and apps remove them; so do people. It says nothing on its own."),
        )


def _tables(specimen: Specimen) -> Iterator[Finding]:
    tables = getattr(specimen.opened, "quantization", None) or {}
    sampling = _sampling(specimen)
    found = encoder(tables)
    raw = ", ".join(str(entry) for entry in list(tables.get(0, ()))[:16])
    if found:
        summary = say(
            "The JPEG's tables are those of {encoder} at quality {quality}; colour sampling: "
            "{sampling}.",
            encoder=found[0],
            quality=found[1],
            sampling=sampling,
        )
    else:
        summary = say(
            "The JPEG's tables are of no encoder that is known here; colour sampling: {sampling}.",
            sampling=sampling,
        )
    yield _finding(
        summary,
        "quantisation tables",
        raw,
        say(
            "They show how the file was saved the last time, and by which family of programs; "
            "not by whom, nor that it was changed."
        ),
    )


def _sampling(specimen: Specimen) -> str | Sentence:
    if specimen.opened.mode == "L":
        return say("none, it is grey")
    number = JpegImagePlugin.get_sampling(specimen.opened)
    return _SAMPLINGS.get(number) or say("another")


def _anything_else(specimen: Specimen) -> bool:
    blocks = specimen.blocks
    written = blocks.exif or blocks.xmp or blocks.comments or blocks.photoshop
    signed = specimen.credentials.state is not CredentialState.NONE
    more = specimen.trailing.bytes or blocks.pictures > 1
    return bool(written or signed or more or specimen.opened.info.get("icc_profile"))


def _finding(summary: Sentence, place: str, raw: str, caution: Sentence) -> Finding:
    return Finding(
        check="encoder",
        pillar=PILLAR,
        outcome=Outcome.NOTED,
        summary=summary,
        read_from=place,
        raw=raw,
        caution=caution,
        reference="ITU T.81; ICC.1:2022",
        items=("original",),
    )
