"""What follows the end of the picture: padding, a further picture, or something else."""

from __future__ import annotations

from verify.lab.containers.blocks import Blocks
from verify.lab.formats import PICTURES, sniff
from verify.records import Trailing

ARCHIVES = ("application/zip", "application/vnd.rar", "application/x-7z-compressed")

_PADDING = b"\0\xff\r\n "
_ZIP_END, _ZIP_END_WITHIN = b"PK\5\6", 66_000


def read_trailing(data: bytes, blocks: Blocks) -> Trailing:
    """How many bytes stand there and what they look like; nothing where it is padding alone.

    The further pictures that a file announces belong to it. A ZIP is read from its end, so
    that anything may stand before it.
    """
    if blocks.end is None:
        return Trailing()
    rest = data[blocks.end :]
    if not rest.strip(_PADDING):
        return Trailing()
    kind = sniff(rest.lstrip(b"\0"))
    if rest.rfind(_ZIP_END, max(0, len(rest) - _ZIP_END_WITHIN)) >= 0:
        kind = "application/zip"
    if kind in PICTURES and blocks.pictures > 1:
        return Trailing()
    return Trailing(bytes=len(rest), kind=kind)
