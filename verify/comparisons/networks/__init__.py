"""Times that networks hide in the ids of posts, in links and in file names. Nothing is fetched.

One network a file, found by walking. A module here states its `NAME`, its `HOSTS`
(registered domains, whose subdomains count too; None for any) and
`post(host, path) -> Post | None`; one whose ids stand in file names also has
`in_name(stem) -> Post | None`.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from importlib import import_module
from pathlib import PurePosixPath
from typing import Protocol, cast, runtime_checkable
from urllib.parse import parse_qsl, urlsplit

_LONGEST_LINK = 2000
_LONGEST_NAME = 300
_BEHIND = ("v", "fbid", "story_fbid")  # where YouTube and Facebook keep ids behind a "?"


@dataclass(frozen=True)
class Post:
    """The id of a post. at: the time in it, aware, UTC; None where such ids hold none.

    declared: whoever posted, or whoever runs the server, could choose the id.
    archived: the time is that of a copy of the page, which is older. inside: its address, or "".
    """

    id: str
    at: datetime | None = None
    declared: bool = False
    archived: bool = False
    inside: str = ""


@dataclass(frozen=True)
class Posting:
    """A post with a time in its id, and the network that it stands on."""

    network: str
    id: str
    at: datetime
    declared: bool = False
    archived: bool = False


class Network(Protocol):
    """What each module here must be."""

    NAME: str

    @property
    def HOSTS(self) -> tuple[str, ...] | None: ...  # noqa: N802 - a constant of the module

    def post(self, host: str, path: str, /) -> Post | None: ...


@runtime_checkable
class NamesFiles(Protocol):
    """What a network is whose ids stand in the names of files."""

    def in_name(self, stem: str, /) -> Post | None: ...


def read_link(link: str, *, now: datetime) -> tuple[str, Post] | None:
    """The network and the post that a link leads to; None for other links.

    now: aware; an id that names a time more than a day later was invented, and is not read.
    """
    try:
        parts = urlsplit(link[:_LONGEST_LINK] if "://" in link else f"https://{link}")
        host, path = (parts.hostname or "").rstrip("."), parts.path
        if parts.fragment.startswith("!/"):  # as links to Twitter were until 2012
            path = parts.fragment[1:]
        asked = {} if "//" in path else dict(parse_qsl(parts.query))  # of a page inside another
        if behind := next((asked[name] for name in _BEHIND if name in asked), None):
            path = f"{path.rstrip('/')}/{behind}"
        for network in _networks():
            if _serves(network, host) and (post := network.post(host, path)):
                return (network.NAME, post) if _possible(post, now) else None
    except (ValueError, OverflowError):  # no address, or an id beyond the calendar
        return None
    return None


def read_name(filename: str, *, now: datetime) -> Posting | None:
    """The time in a file's name, as apps and download tools leave it; None for other names."""
    stem = PurePosixPath(filename[:_LONGEST_NAME]).stem
    for name, in_name in _in_names():
        try:
            post = in_name(stem)
        except (ValueError, OverflowError):
            continue
        if post and post.at and _possible(post, now):
            return Posting(name, post.id, post.at, post.declared)
    return None


def posting(link: str, *, now: datetime) -> Posting | None:
    """The time in the id of a link; None for other links and for ids that hold none."""
    found = read_link(link, now=now)
    if not found or not found[1].at:
        return None
    name, post = found
    assert post.at is not None  # noqa: S101 - asked above
    return Posting(name, post.id, post.at, post.declared, post.archived)


def with_archived(links: Iterable[str], *, now: datetime) -> Iterator[str]:
    """Links, and behind each to an archived page the address of that page."""
    for link in links:
        yield link
        if (found := read_link(link, now=now)) and found[1].inside:
            yield found[1].inside


def number_in(code: str, alphabet: str) -> int:
    """What a code counts, its letters taken as digits."""
    number = 0
    for letter in code:
        number = len(alphabet) * number + alphabet.index(letter)
    return number


def made_by_servers(links: tuple[str, ...], *, now: datetime) -> Iterator[datetime]:
    """The times in links that nobody but the network's servers could set."""
    for link in with_archived(links, now=now):
        post = posting(link, now=now)
        if post and not post.declared and not post.archived:
            yield post.at


def out_by(links: tuple[str, ...], *, now: datetime) -> datetime | None:
    """When a picture that came with these links was out; None where none of them tells.

    Of several, one leads to the picture, and the others may lead to what the words compare it
    with: it was out by the latest.
    """
    return max(made_by_servers(links, now=now), default=None)


def moment(milliseconds: int) -> datetime:
    """The UTC time so many milliseconds after 1970. Raises OverflowError beyond the calendar."""
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=milliseconds)


def _serves(network: Network, host: str) -> bool:
    return network.HOSTS is None or any(
        host == known or host.endswith(f".{known}") for known in network.HOSTS
    )


def _possible(post: Post, now: datetime) -> bool:
    return post.at is None or post.at <= now + timedelta(days=1)


@cache
def _in_names() -> tuple[tuple[str, Callable[[str], Post | None]], ...]:
    """What reads the names of files: to ask a network whether it does takes long."""
    return tuple(
        (network.NAME, network.in_name)
        for network in _networks()
        if isinstance(network, NamesFiles)
    )


@cache
def _networks() -> tuple[Network, ...]:
    """Every network there is; those of any host last. Raises TypeError for one without parts."""
    modules = [
        import_module(f"{__name__}.{name}")
        for name in sorted(entry.name for entry in pkgutil.iter_modules(__path__))
    ]
    for module in modules:
        if not all(hasattr(module, part) for part in ("NAME", "HOSTS", "post")):
            raise TypeError(f"{module.__name__} needs NAME, HOSTS and post(host, path)")
    networks = cast("list[Network]", modules)
    return tuple(sorted(networks, key=lambda network: network.HOSTS is None))
