"""Where a text stands in files, in whatever form a program may have written it."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import quote, quote_plus

from verify.folding import fold


def forms(text: str) -> Iterator[bytes]:
    """A text in the encodings, escapes and foldings in which it could stand in a file."""
    for written in {text, text.lower(), text.upper(), fold(text), text[::-1]}:
        raw = written.encode()
        yield raw
        yield from (written.encode(one) for one in ("utf-16-le", "utf-16-be", "utf-32-le"))
        yield json.dumps(written)[1:-1].encode()
        yield quote(written).encode()
        yield quote_plus(written).encode()
        yield raw.hex().encode()
        yield raw.hex().upper().encode()
        for shift in range(3):  # base64 of a longer text, at each of its three places
            whole = base64.b64encode(b"\0" * shift + raw)
            yield whole[4 * bool(shift) : len(whole) - 4]


def numbers(number: int) -> Iterator[bytes]:
    """A number as SQLite and others write it in a few bytes; and in digits."""
    yield str(number).encode()
    size = (number.bit_length() + 8) // 8
    for width in {size, 4, 6, 8}:
        if width >= size:
            yield number.to_bytes(width, "big", signed=True)
            yield number.to_bytes(width, "little", signed=True)


def found(folder: Path, texts: Iterable[str], large: Iterable[int] = ()) -> list[tuple[str, str]]:
    """Which of these stand in which file below a folder. large: numbers of five bytes and more,
    fewer of which stand anywhere by chance."""
    wanted = [(text, form) for text in texts for form in {*forms(text)} if len(form) > 4]
    wanted += [(str(one), form) for one in large for form in {*numbers(one)} if len(form) > 4]
    seen = []
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        content = path.read_bytes() if path.is_file() else b""
        seen += [(text, name) for text, form in wanted if form in content or form in name.encode()]
    return seen
