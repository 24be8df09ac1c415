"""What the desk knows beside the file: claims, links, earlier sightings, against its readings.

One question a file. A module here states its `PILLAR` and
`compare(circumstances) -> Iterator[Finding]`; it is found by walking this package.
Comparisons touch plain data alone, never received bytes, and ask nobody outside.
"""

from __future__ import annotations

import logging
import pkgutil
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib import import_module
from itertools import islice
from typing import Protocol, cast

from verify.comparisons.networks import with_archived
from verify.records import (
    CheckedElsewhere,
    Claim,
    Coincidence,
    Examination,
    Finding,
    KeptPost,
    ListHit,
    Match,
    Outcome,
    Pillar,
    Poster,
    Rating,
    SeenElsewhere,
    Sighting,
    say,
)

COMPARISONS_VERSION = 7
RATED = {
    Rating.UNVERIFIED: say("not verified"),
    Rating.ORIGINAL: say("original"),
    Rating.DECONTEXTUALISED: say("out of context"),
    Rating.EDITED_OR_CROPPED: say("edited or cropped"),
    Rating.TRANSFORMED: say("transformed"),
    Rating.AI_GENERATED: say("AI-generated"),
    Rating.STAGED: say("staged"),
    Rating.SATIRE: say("satire or parody"),
    Rating.CANNOT_BE_VERIFIED: say("cannot be verified"),
}
"""What others concluded, as part of a sentence."""
_MOST_FINDINGS = 20  # of one comparison: a picture may have been seen a thousand times

_MOST_LINKS = 10  # of the words of claims
_LINK = re.compile(r"https?://[^\s<>\"”»()،]{0,2000}[^\s<>\"”»()،.,;:!?؟]")

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Circumstances:
    """What is known about one exhibit in one case.

    received_at: when this desk first received it, aware. claims: in their latest versions.
    sightings: of this exhibit. matches: with earlier exhibits. filename: as it came, or "".
    posts: those collected here that show it or what matches it, in the order of their times, as far
    as everybody may see them. voices: the accounts that they are by, without private people.
    listed: what of lists of hashes names it. checked: what packs of others' checks say of it.
    coincidences: what coincides among those posts. elsewhere: which other desks shared it.
    """

    examination: Examination
    received_at: datetime
    claims: tuple[Claim, ...] = ()
    sightings: tuple[Sighting, ...] = ()
    matches: tuple[Match, ...] = ()
    filename: str = ""
    posts: tuple[KeptPost, ...] = ()
    voices: tuple[Poster, ...] = ()
    listed: tuple[ListHit, ...] = ()
    coincidences: tuple[Coincidence, ...] = ()
    checked: tuple[CheckedElsewhere, ...] = ()
    elsewhere: tuple[SeenElsewhere, ...] = ()

    @property
    def links(self) -> tuple[str, ...]:
        """The links that came with the exhibit, and those in the words of the claims, each once;
        behind one to an archived page the address of that page.
        """
        came = (link for sighting in self.sightings for link in sighting.links)
        claimed = (
            link for claim in self.claims for link in (*claim.links, *_LINK.findall(claim.text))
        )
        links = (*came, *islice(claimed, _MOST_LINKS))
        return tuple(dict.fromkeys(with_archived(links, now=self.received_at)))


class Comparison(Protocol):
    """What each module here must be."""

    __name__: str
    PILLAR: Pillar

    def compare(self, circumstances: Circumstances, /) -> Iterator[Finding]: ...


def run(circumstances: Circumstances) -> tuple[Finding, ...]:
    """Make every comparison, in the order of the modules' names; the same input gives the same.

    One that breaks on what it was given yields a `failed` finding; the others go on.
    """
    return tuple(
        finding for comparison in _comparisons() for finding in _made(comparison, circumstances)
    )


def _made(comparison: Comparison, circumstances: Circumstances) -> list[Finding]:
    name = comparison.__name__.rpartition(".")[2]
    try:
        return list(islice(comparison.compare(circumstances), _MOST_FINDINGS))
    except Exception:  # whatever a reading from an untrusted child may provoke
        _log.exception("the comparison %s failed", name)
        return [
            Finding(
                check=name,
                pillar=comparison.PILLAR,
                outcome=Outcome.FAILED,
                summary=say("One comparison could not be made with what this file says."),
            )
        ]


@cache
def _comparisons() -> tuple[Comparison, ...]:
    """Every comparison there is. Raises TypeError for a module that lacks its parts."""
    found = []
    for entry in sorted(pkgutil.iter_modules(__path__), key=lambda entry: entry.name):
        if entry.ispkg:
            continue
        module = import_module(f"{__name__}.{entry.name}")
        if not all(hasattr(module, part) for part in ("PILLAR", "compare")):
            raise TypeError(f"{module.__name__} needs PILLAR and compare(circumstances)")
        found.append(cast("Comparison", module))
    return tuple(found)
