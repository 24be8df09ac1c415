"""What all records share."""

from __future__ import annotations

import msgspec


class Record(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What all records share: immutable, nothing unknown accepted."""
