"""GIF blocks. Source: GIF 89a; XMP part 3 for its place in them."""

from __future__ import annotations

from verify.lab.containers.blocks import MAX_BLOCK, MAX_TEXTS, Blocks


def walk(data: bytes, blocks: Blocks) -> None:
    """Fill in XMP, comments, the end, and the number of frames."""
    if len(data) < 13:
        return
    at, frames = 13 + _colour_table(data[10]), 0
    while at < len(data):
        introducer = data[at]
        if introducer == 0x3B:
            blocks.end = at + 1
            break
        if introducer == 0x2C and at + 10 < len(data):
            frames += 1
            at = _skip_sub_blocks(data, at + 11 + _colour_table(data[at + 9]))
        elif introducer == 0x21 and at + 2 < len(data):
            at = _extension(data, at, blocks)
        else:
            break
    blocks.pictures = max(1, frames)
    blocks.moving = frames > 1


def _extension(data: bytes, at: int, blocks: Blocks) -> int:
    label, body = data[at + 1], at + 2
    if label == 0xFE and len(blocks.comments) < MAX_TEXTS:
        blocks.comments.append(data[body + 1 : body + 1 + data[body]])
    if data[body + 1 : body + 12] == b"XMP DataXMP":
        # Stored without sub-blocks, closed by a "magic trailer" that makes them add up.
        close = data.find(b"<?xpacket end", body)
        if 0 < close - body < MAX_BLOCK:
            blocks.xmp = blocks.xmp or data[body + 12 : close]
    return _skip_sub_blocks(data, body)


def _colour_table(flags: int) -> int:
    return 3 << ((flags & 7) + 1) if flags & 0x80 else 0


def _skip_sub_blocks(data: bytes, at: int) -> int:
    while at < len(data) and data[at]:
        at += data[at] + 1
    return at + 1
