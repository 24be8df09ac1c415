"""How much of a post comes in: whatever an export holds, what leaves the lab is small."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from verify.lab.importers._found import hashtags_in, links_in
from verify.records import Attachment, Post

SHORT = 300  # characters of a name, an id, a place
TEXT = 60_000
LINK = 2_000
MANY = 100  # links, hashtags, files
_PATH = 1_000


def bounded(post: Post) -> Post:
    """Cut what is too long, take away what no table can hold, and read the text where it is due.

    Links and hashtags that the export does not list are found in the text.
    """
    text = cleaned(post.text, TEXT)
    long = any(len(getattr(post, name)) > SHORT for name in _SHORT)
    return msgspec.structs.replace(
        post,
        **{name: cleaned(getattr(post, name), SHORT) for name in _SHORT},
        text=text,
        shortened=SHORT if long else TEXT if len(post.text) > TEXT else 0,
        link=cleaned(post.link, LINK),
        links=_each_once(post.links, LINK) or links_in(text),
        hashtags=_each_once(post.hashtags, SHORT) or hashtags_in(text),
        media=tuple(map(_bounded, post.media[:MANY])),
    )


_SHORT = (
    *("network", "id", "place", "place_name", "account", "name", "handle", "client"),
    *("forwarded_from", "reply_to", "impossible"),
)


def cleaned(text: str, longest: int) -> str:
    """Its first characters, without zero bytes and halves of characters."""
    if not text:
        return ""
    text = text[:longest].replace("\0", "")
    try:
        text.encode()
    except UnicodeEncodeError:  # JSON's escapes can name half a character
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


def _bounded(file: Attachment) -> Attachment:
    return Attachment(
        path=cleaned(file.path, _PATH),
        missing=cleaned(file.missing, SHORT),
        kind=cleaned(file.kind, SHORT),
    )


def _each_once(words: Iterable[str], longest: int) -> tuple[str, ...]:
    return tuple(dict.fromkeys(kept for word in words if (kept := cleaned(word, longest))))[:MANY]
