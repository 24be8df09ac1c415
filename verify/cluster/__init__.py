"""Other computers that work for a desk, by Dask; imported only where somebody asks for them.

A desk hands them files, and gets back what their labs saw, read and found. They write nothing.
"""

from __future__ import annotations

from functools import cache
from importlib.metadata import version
from importlib.util import find_spec

from verify.errors import BadInput
from verify.lab import LAB_VERSION
from verify.records import Record, say


class Versions(Record, frozen=True):
    """What has to be the same on every computer."""

    package: str
    lab: int
    features: int

    @staticmethod
    @cache
    def here() -> Versions:
        """Those of this computer."""
        from verify.lab.features import FEATURES_VERSION  # it loads OpenCV

        return Versions(version("verify-desk"), LAB_VERSION, FEATURES_VERSION)

    def __str__(self) -> str:
        return f"verify-desk {self.package}, lab {self.lab}, features {self.features}"


def demand_extra() -> None:
    """Raise BadInput where what this needs is not installed."""
    if find_spec("distributed") is None:
        raise BadInput(
            say(
                "Work on several computers needs one thing more: {command}",
                command="pip install 'verify-desk[cluster]'",
            )
        )
