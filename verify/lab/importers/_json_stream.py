"""JSON that may be larger than the memory, as a stream; also what is not quite JSON."""

from __future__ import annotations

import codecs
import re
from collections.abc import Container, Iterator
from typing import Any

import ijson

from verify.lab.reading_at import ReadAt

Event = tuple[str, Any]

_PIECE = 64 << 10
_SILENCE = 4 << 20  # bytes without anything whole in them
_DEPTH = 60
_VALUES, _LETTERS = 5_000, 1_000_000  # of one thing that is built
_LONGEST = 60_001  # characters of a text: more are never kept
_CONTROLS = bytes(range(0x20)) + b"\x7f"
_SPACED = bytes.maketrans(_CONTROLS, b" " * len(_CONTROLS))
_ESCAPE = re.compile(rb"\\(?:x([0-9A-Fa-f]{2})|.)", re.DOTALL)
_OPENS, _CLOSES = {"start_map", "start_array"}, {"end_map", "end_array"}

ijson.basic_parse_coro(ijson.sendable_list())  # whatever it imports when first called


class BrokenError(Exception):
    """It is cut off, or no JSON, or nothing that anybody would write."""


def events(content: ReadAt) -> Iterator[Event]:
    """What ijson calls events, in their order. Raises BrokenError after all that could be read."""
    found: Any = ijson.sendable_list()
    parser = ijson.basic_parse_coro(found)
    silence = depth = 0
    for piece in _mended(content):
        fault = _fault(parser, piece)
        silence = 0 if found else silence + len(piece)
        for event, value in found:
            depth += (event in _OPENS) - (event in _CLOSES)
            if depth > _DEPTH:
                raise BrokenError
            yield event, value
        found.clear()
        if fault or silence > _SILENCE:
            raise BrokenError
    if _fault(parser, None):
        raise BrokenError


def _fault(parser: Any, piece: bytes | None) -> bool:
    """Feed it, or end it. Returns whether it gives up."""
    try:
        parser.close() if piece is None else parser.send(piece)
    except StopIteration:
        return False
    except (ijson.JSONError, ValueError, ArithmeticError, SystemError):
        return True  # the last: a number of too many digits, as ijson 3.6 hands it on
    return False


def _mended(content: ReadAt) -> Iterator[bytes]:
    """The bytes, made to be what every JSON reader takes.

    Telegram Desktop writes control characters as `\\x0B`, others write them as they are.
    """
    decoder = codecs.getincrementaldecoder("utf-8-sig")("replace")
    held, at = b"", 0
    while at < len(content):
        piece = content[at : at + _PIECE]
        at += len(piece)
        if not piece:
            return
        data = held + decoder.decode(piece, at >= len(content)).encode()
        end = len(data) - _begun(data)
        data, held = data[:end], data[end:]
        yield mended(data).translate(_SPACED)
    if held:
        yield held


def mended(data: bytes) -> bytes:
    """With what Telegram Desktop writes as `\\x0B` written as JSON writes it."""
    return _ESCAPE.sub(_written_out, data) if b"\\x" in data else data


def _written_out(escape: re.Match[bytes]) -> bytes:
    return b"\\u00" + escape[1] if escape[1] else escape[0]


def _begun(data: bytes) -> int:
    """How many bytes at the end are an escape that may go on."""
    at = data.rfind(b"\\", max(0, len(data) - 3))
    if at < 0 or data[at + 1 : at + 2] not in (b"", b"x"):
        return 0
    before = data[:at]
    odd = (len(before) - len(before.rstrip(b"\\"))) % 2
    return 0 if odd else len(data) - at


def value_of(stream: Iterator[Event], first: Event) -> Any:
    """Build one value, whose first event was read already; None where it is far too large."""
    room = [_VALUES, _LETTERS]
    value = _built(stream, first, room)
    return value if min(room) > 0 else None


def _built(stream: Iterator[Event], first: Event, room: list[int]) -> Any:
    event, value = first
    room[0] -= 1
    if event == "start_map":
        found: dict[str, Any] = {}
        for key, named in stream:
            if key == "end_map":
                break
            inner = _built(stream, next(stream), room)
            if room[0] > 0 < room[1]:
                found[named[:_LONGEST]] = inner
        return found
    if event == "start_array":
        listed: list[Any] = []
        for one in stream:
            if one[0] == "end_array":
                break
            inner = _built(stream, one, room)
            if room[0] > 0 < room[1]:
                listed.append(inner)
        return listed
    if isinstance(value, str):
        room[1] -= min(len(value), _LONGEST)
        return value[:_LONGEST]
    return value


def fields(content: ReadAt, wanted: Container[str]) -> dict[str, Any]:
    """What an object says under these names, however much it says else.

    Raises BrokenError if it is none, or cannot be read to its end.
    """
    stream, found = events(content), dict[str, Any]()
    first, _ = next(stream, ("", None))
    if first != "start_map":
        raise BrokenError
    depth = 1
    key = ""
    for event, value in stream:
        if event == "map_key" and depth == 1:
            key = value
        elif depth == 1 and event not in _CLOSES and key in wanted:
            found[key] = value_of(stream, (event, value))
        else:
            depth += (event in _OPENS) - (event in _CLOSES)
    return found
