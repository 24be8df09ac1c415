"""Does the preview inside the file show something else than the picture?

Reads every preview that the file carries: the thumbnails of EXIF, Photoshop and HEIC, and the
large ones of a multi-picture JPEG. Each is set against the picture by fingerprint, in all
eight orientations, without black bars and by its place within, and by shape.

Outcomes: noted, the preview shows the picture, or its middle; flagged, it shows something else
or more; inconclusive, it is too small, too flat or too unlike to tell. Without a preview there
is no finding.

Errs: a small change, such as one object removed, is not noticed. A preview from another program
than the one that saved the picture may be old without anybody's intent. Most programs renew it.

Example: a photo was cropped with a program that left the old thumbnail behind: the thumbnail
shows who else stood there.
"""

from __future__ import annotations

from collections.abc import Iterator

from verify.lab.imaging import Specimen
from verify.lab.previews import Comparison
from verify.records import Finding, Outcome, Pillar, Sentence, say

PILLAR = Pillar.PROVENANCE
MEDIA = frozenset({"*"})


def check(specimen: Specimen) -> Iterator[Finding]:
    """Flag a preview that shows something else than the picture."""
    told = set()
    for compared in specimen.compared_previews:
        outcome, summary, caution = _judge(compared)
        if summary.template in told:  # EXIF and Photoshop often hold the same preview
            continue
        told.add(summary.template)
        width, height = compared.preview.picture.size
        yield Finding(
            check="thumbnail",
            pillar=PILLAR,
            outcome=outcome,
            summary=summary,
            read_from=compared.preview.place,
            raw=f"{width} x {height}, {compared.distance} of 256 bits differ",
            caution=caution,
            reference="Exif 3.0, 4.5.1",
            items=("thumbnail", "original"),
        )


def _judge(compared: Comparison) -> tuple[Outcome, Sentence, Sentence]:
    if compared.differs:
        return (
            Outcome.FLAGGED,
            say("The preview inside the file shows something else than the picture."),
            say(
                "Look at both. The picture may have been cropped or changed after the preview was "
                "made; or a program put them together carelessly."
            ),
        )
    if compared.differs is None:
        return (
            Outcome.INCONCLUSIVE,
            say("Whether the preview inside the file shows the same picture cannot be told."),
            say("It is too small, too flat or too different in tone to be compared."),
        )
    if compared.cropped:
        return (
            Outcome.NOTED,
            say("The preview inside the file shows the middle of the picture."),
            say("Some devices cut their previews to one shape."),
        )
    if compared.reshaped:
        return (
            Outcome.NOTED,
            say("The preview inside the file shows the same picture in another shape."),
            say("Some devices squeeze their previews. A narrow strip may also have been cut off."),
        )
    return (
        Outcome.NOTED,
        say("The preview inside the file shows the same picture."),
        say(
            "Most programs make a new preview when they save: this does not show that the picture "
            "is unchanged, and small changes are not seen in a preview."
        ),
    )
