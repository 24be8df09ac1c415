"""Which network an address or a program's word for it belongs to, and which post it leads to."""

from __future__ import annotations

import hashlib
import re
from typing import NamedTuple
from urllib.parse import parse_qs, urlsplit

_LONGEST = 200  # characters of an address that is a post's id
_HOSTS = {
    "x.com": "x",
    "twitter.com": "x",
    "t.me": "telegram",
    "telegram.me": "telegram",
    "youtube.com": "youtube",
    "youtu.be": "youtube",
    "instagram.com": "instagram",
    "tiktok.com": "tiktok",
    "facebook.com": "facebook",
    "bsky.app": "bluesky",
    "threads.net": "threads",
    "threads.com": "threads",
    "reddit.com": "reddit",
    "vk.com": "vk",
    "ok.ru": "odnoklassniki",
}
_WORDS = {"twitter": "x", "fb": "facebook", "ig": "instagram", "yt": "youtube", "tg": "telegram"}
_KNOWN = sorted({*_HOSTS.values(), *_WORDS})
_BEFORE = ("www.", "m.", "mobile.", "old.", "web.")
_POSTS = {
    "x": re.compile(r"/(?P<handle>\w{1,20})/status(?:es)?/(?P<id>\d{1,20})\b", re.ASCII),
    "telegram": re.compile(r"/(?:s/)?(?:c/(?P<place>\d+)|(?P<handle>\w+))/(?P<id>\d{1,12})\b"),
    "youtube": re.compile(r"/(?:shorts/|live/|embed/)?(?P<id>[\w-]{11})/?$", re.ASCII),
    "instagram": re.compile(r"/(?:(?P<handle>[\w.]+)/)?(?:p|tv|reels?)/(?P<id>[\w-]+)", re.ASCII),
    "tiktok": re.compile(r"/@(?P<handle>[\w.]+)/(?:video|photo)/(?P<id>\d+)"),
    "facebook": re.compile(r"/(?P<handle>[\w.]+)/(?:posts|videos)/(?:[^/]+/)?(?P<id>[\w.]+)/?$"),
    "bluesky": re.compile(r"/profile/(?P<handle>[\w.:-]+)/post/(?P<id>\w+)"),
    "threads": re.compile(r"/@(?P<handle>[\w.]+)/post/(?P<id>[\w-]+)"),
    "reddit": re.compile(r"/(?:r/\w+/)?comments/(?P<id>\w+)"),
    "vk": re.compile(r"/wall(?P<id>-?\d+_\d+)"),
}


class Address(NamedTuple):
    """Where a link leads: into a known network, or to the `web`, where the address is the id.

    a_post: whether it leads to a post of a network, whose id this is.
    """

    network: str
    id: str = ""
    handle: str = ""
    place: str = ""
    a_post: bool = False


def address(link: str) -> Address:
    """What a link says of the post that it leads to."""
    try:
        parts = urlsplit(link)
        host = (parts.hostname or "").lower()
    except ValueError:
        return Address("web", _short(link))
    for before in _BEFORE:
        host = host.removeprefix(before)
    network = _HOSTS.get(host, "web")
    if network == "youtube" and (found := parse_qs(parts.query[:500]).get("v")):
        return Address(network, found[0][:20], a_post=True)
    read = network in _POSTS and _POSTS[network].match(parts.path[:500])
    if not read:
        return Address(network, _short(link))
    named = {key: value or "" for key, value in read.groupdict().items()}
    place, handle = named.get("place", ""), named.get("handle", "")
    if network == "telegram" and not place:
        place = handle.lower()
    return Address(network, named["id"], handle, place, a_post=True)


def network(word: str) -> str:
    """`Twitter`, `FacebookReel`, `instagram` as the network that they name."""
    plain = word.casefold()
    for known in _KNOWN:
        if plain.startswith(known) and (len(known) > 2 or plain == known):
            return _WORDS.get(known, known)
    return plain or "web"


def _short(link: str) -> str:
    """An address as an id: as it is, or by its digest where it is long."""
    if len(link) <= _LONGEST:
        return link
    return hashlib.sha256(link.encode("utf-8", "replace")).hexdigest()[:32]
