"""What happens to pictures on their way, one edit a function, one family a module, geometry kept.

`apply(name, copy, rng, others)` gives the edited copy. A copy knows where each pixel of the
photograph went and what part of it can still be seen, so that a benchmark can ask not only
whether it was found but also where. A full-width opaque strip at an edge counts as cut off.
Every edit ends in JPEG at quality 60-85 unless it says otherwise.
"""

from __future__ import annotations

from benchmarks.edits import cameras, composites, files, frames, geometry, light, overlays
from benchmarks.edits.composites import mosaic
from benchmarks.edits.copies import Copy, Edit, Matrix, Others, Random, area, jpeg, original
from benchmarks.edits.overlays import watermark

__all__ = [
    "EDITS", "PAIRED", "Copy", "Matrix", "Random", "apply", "jpeg", "mosaic", "original",
    "watermark",
]  # fmt: skip

# In this order they stand in tables, and a seed draws from them.
_FAMILIES = (light, geometry, overlays, frames, composites, cameras, files)
EDITS: dict[str, Edit] = {name: edit for family in _FAMILIES for name, edit in family.EDITS.items()}
_ENDS_OTHERWISE = {"recompress", "shrink", "mirror", "turn-90", "turn-180", *files.EDITS}
_LEAST = {"screenshot-of-screenshot": 1 / 3, "strip": 1 / 20}
PAIRED = tuple(name for name in EDITS if name not in {"strip", "bend", *files.EDITS})
"""The edits that are drawn two by two."""


def apply(name: str, copy: Copy, rng: Random, others: Others) -> Copy:
    """Apply one edit; `others` are further photographs, for collages and insets.

    Where chance leaves less than an eighth of what could be seen (a third for a screenshot of
    a screenshot, a twentieth for a strip), the edit is drawn again: nobody passes on one that
    misses the picture.
    """
    edited = EDITS[name](copy, rng, others)
    least = _LEAST.get(name, 1 / 8)
    while area(edited.visible) < area(copy.visible) * least:
        edited = EDITS[name](copy, rng, others)
    if name in _ENDS_OTHERWISE:
        return edited
    return edited.painted(jpeg(edited.pixels, int(rng.integers(60, 86))))
