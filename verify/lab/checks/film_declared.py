"""Do the film's pictures have the size and the rate that are written beside them?

Reads the width and height that an MP4, MOV or 3GP gives for its pictures and those of the first
picture that is decoded; and, of H.264 and H.265, how many pictures a second their own data name and
how many the file plays.

Outcomes: noted, both sizes where they differ by more than 16 pixels, the shape of pixels, cropping
and turns apart; both rates where the file plays evenly, the one is more than a quarter above the
other, and not twice as high. Otherwise there is no finding.

Errs: some programs write a wrong rate into the pictures' data. Twice the rate is not told, for many
count half pictures; nor is a film whose rate varies.

Example: the pictures' data name 24 a second and the file plays 40: it was made faster without being
encoded anew.
"""

from __future__ import annotations

from collections.abc import Iterator

from verify.formats import FILMS
from verify.lab.containers.edits import tracks
from verify.lab.imaging import Specimen
from verify.records import Finding, Outcome, Pillar, Sentence, say

PILLAR = Pillar.PROVENANCE
MEDIA = FILMS

_TRACKS = frozenset({"video/mp4", "video/quicktime", "video/3gpp"})
_PADDED = 16  # pixels: codecs count in blocks
_APART, _DOUBLE, _NEAR = 1.25, 2.0, 0.03  # times; as high; of that
_LEAST, _MOST = 5.0, 300.0  # pictures a second by their own data: others are no rates


def check(specimen: Specimen) -> Iterator[Finding]:
    """Note what differs."""
    labels = specimen.labels
    if specimen.media_type in _TRACKS and labels.decoded:
        sizes = [one.size for one in tracks(specimen.content) if one.kind == "video"]
        if len(sizes) == 1 and sizes[0] and _other(sizes[0], labels.decoded, labels.shape):
            yield _noted(
                say(
                    "The file says that its pictures have {said} pixels; they have {coded}.",
                    said="{} × {}".format(*sizes[0]),
                    coded="{} × {}".format(*labels.decoded[-1]),
                ),
                "stsd, pictures",
                say("A file that was put together of others, or written by hand, does this."),
            )
    rates = labels.rates
    if rates and _differ(*rates):
        coded_rate, played = rates
        yield _noted(
            say(
                "The pictures' own data name {coded} pictures a second; the file plays {played}.",
                coded=round(coded_rate, 2),
                played=round(played, 2),
            ),
            "pictures' data, streams",
            say(
                "Films that were made faster or slower without being encoded anew do this, and so "
                "does slow motion of some phones. Some programs write a wrong rate."
            ),
        )


def _other(said: tuple[int, int], decoded: tuple[tuple[int, int], ...], shape: float) -> bool:
    """Whether what is said is none of these sizes, nor one as a player stretches it, however
    turned."""
    looks = [
        look
        for width, height in decoded
        for look in ((width, height), (width * shape, height), (width, height / shape))
    ]
    return all(
        max(abs(said[0] - across), abs(said[1] - down)) > _PADDED
        for one in looks
        for across, down in (one, one[::-1])
    )


def _differ(coded: float, played: float) -> bool:
    if not _LEAST <= coded <= _MOST:
        return False
    times = max(coded, played) / min(coded, played)
    return times > _APART and abs(times - _DOUBLE) > _NEAR * _DOUBLE


def _noted(summary: Sentence, read_from: str, caution: Sentence) -> Finding:
    return Finding(
        check="film_declared",
        pillar=PILLAR,
        outcome=Outcome.NOTED,
        summary=summary,
        read_from=read_from,
        caution=caution,
        items=("original",),
    )
