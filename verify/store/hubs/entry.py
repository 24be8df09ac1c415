"""An entry of a hub as bytes: what a desk says of a picture, within bounds, and no picture."""

from __future__ import annotations

import zlib

import msgspec

from verify.distrust import ImplausibleError, check_views
from verify.records import HubEntry, View
from verify.store.packs.bounds import MOST_POINTS, is_line

MOST_ASK = 200  # characters
_MOST_BYTES = 1 << 20  # compressed or not


def packed(entry: HubEntry) -> bytes:
    """The bytes that go to the hub."""
    return zlib.compress(msgspec.msgpack.encode(entry), 9)


def unpacked(body: bytes) -> HubEntry | None:
    """The entry in bytes that came from a hub; None where they are no such thing."""
    try:
        unpacking = zlib.decompressobj()
        plain = unpacking.decompress(body[:_MOST_BYTES], _MOST_BYTES)
        if not unpacking.eof or unpacking.unused_data:
            return None
        found = msgspec.msgpack.decode(plain, type=HubEntry)
        return found if _is_plausible(found) else None
    except (zlib.error, msgspec.DecodeError, ImplausibleError, RecursionError):
        return None


def _is_plausible(entry: HubEntry) -> bool:
    check_views(
        tuple(
            View(one.kind, at_ms=one.at_ms, corners=one.corners, number=one.number,
                 features=one.features)
            for one in entry.views
        )
    )  # fmt: skip
    features = [one.features for one in entry.views if one.features]
    return (
        bool(entry.ask and entry.views)
        and is_line(entry.ask, MOST_ASK)
        and all(len(one.pdq) in (0, 32) for one in entry.views)
        and not any(one.frame or one.thumbnail for one in features)
        and all(len(one.points) <= 6 * MOST_POINTS for one in features)
    )
