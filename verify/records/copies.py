"""A copy for others: an exhibit on which people covered what is to stay theirs."""

from __future__ import annotations

from verify.records.care import Box
from verify.records.examination import Examination
from verify.records.record import Record
from verify.records.submissions import Receipt

COPY = "copy"
"""What stands behind the digest in the name of a copy's origin: `DIGEST copy`."""


class Copied(Record, frozen=True):
    """A copy as it is kept, and of what it was made.

    of: what was known of the exhibit. percent: of the picture that boxes cover at any time. sound:
    whether its sound is in the copy; heard: whether it has one.
    """

    receipt: Receipt
    of: Examination
    boxes: tuple[Box, ...]
    percent: int
    sound: bool = False
    heard: bool = False
