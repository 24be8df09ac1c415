"""Which platforms and apps did the file pass through?

Reads the file's name, Facebook's instructions in IPTC (they begin with FBMD), and the software
and comments named in it, and the colour profile, against a table of the traces that platforms
leave. For a JPEG without metadata it also reads the longest side and the quantisation tables.

Outcomes: noted, with the evidence named. Without a trace there is no finding.

Errs: a file's name is the weakest trace, since anybody can give any; patterns of one app are
sometimes those of another: a picture saved from Instagram's site is named as one from Facebook's.
Most platforms leave nothing. What only fits, fits others too.

Example: `IMG-20231017-WA0007.jpg` was saved by WhatsApp on 17 October 2023, on the clock of
the phone that saved it.
"""

from __future__ import annotations

from collections.abc import Iterator

from verify.formats import CLIPS
from verify.lab.bounded_text import raw
from verify.lab.imaging import Specimen
from verify.lab.traces import SCREENSHOT, fitting
from verify.records import Finding, Outcome, Pillar, Sentence, Trace, say

PILLAR = Pillar.PROVENANCE
MEDIA = frozenset({"*", *CLIPS})


def check(specimen: Specimen) -> Iterator[Finding]:
    """Note each trace; else the app whose files look like this."""
    for found in specimen.traces:
        yield _finding(
            say("The file bears traces of a screenshot.")
            if found.name == SCREENSHOT
            else say("The file bears traces of {platform}.", platform=found.name),
            found.evidence,
            _caution(found),
        )
    if specimen.traces:
        return
    if apps := fitting(specimen):
        yield _finding(
            say(
                "The file looks like what {platform} makes of a photo.",
                platform=" / ".join(apps),
            ),
            f"longest side {max(specimen.size)}, no metadata, IJG quantisation tables",
            say("Many other programs make such files: this is a hint where to look, and no trace."),
        )


def _caution(found: Trace) -> Sentence:
    if found.evidence.startswith("file name"):
        return say(
            "A file can be given any name, and a date in it is that of saving on some phone, not "
            "of the picture."
        )
    return say("This shows that it passed through there, not that it was first seen there.")


def _finding(summary: Sentence, evidence: str, caution: Sentence) -> Finding:
    return Finding(
        check="traces",
        pillar=PILLAR,
        outcome=Outcome.NOTED,
        summary=summary,
        read_from="file name, metadata, quantisation tables",
        raw=raw(evidence),
        caution=caution,
        items=("original", "earliest"),
    )
