"""A file without a name, for what one process hands to another."""

from __future__ import annotations

import os
import sys
import tempfile
from typing import BinaryIO


def unnamed() -> BinaryIO:
    """An empty one, open to write and to read. On Linux it is in memory alone, so that no picture
    reaches a disk outside the home; macOS has none there: it is a deleted one on disk."""
    if sys.platform == "linux":
        return os.fdopen(os.memfd_create("verify-desk"), "w+b")
    return tempfile.TemporaryFile()
