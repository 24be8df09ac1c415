"""What posts have in common, as rows to compute on: pictures, words, hashtags, links, clients.

Near copies are one object before anything is counted: of pictures, by the matches that stand, and
of words, by how alike they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from verify.desk.shared_pictures import objects_of
from verify.folding import fold
from verify.matching.words_alike import LEAST_WORDS, alike
from verify.reading.links import canonical
from verify.records import Person, Shared
from verify.store.database.connection import Store
from verify.store.posts import coinciding
from verify.store.posts.coinciding import Posted

if TYPE_CHECKING:
    from verify.campaigns.rows import Rows

_NO_WORDS = re.compile(r"https?://\S+|[@#][\w.]+")
_BETWEEN = re.compile(r"[\W_]+")
_LONGEST = 10_000  # letters of a text that are looked at
_COMPARED = 1_000  # and held against others

Key = tuple[Shared, int | str]


@dataclass
class SharedThings:
    """The rows of posts, and what their numbers stand for.

    keys: of the objects, by number. clients: by number. exhibits: of a picture's name, those posted
    that show it; pictured: those in each post. shown: which objects each exhibit shows. written:
    words and hashtags as somebody wrote them, by what names them.
    """

    rows: Rows
    keys: list[Key]
    clients: list[str]
    exhibits: dict[int, list[int]] = field(default_factory=dict)
    pictured: dict[int, list[int]] = field(default_factory=dict)
    shown: dict[int, set[int]] = field(default_factory=dict)
    written: dict[str, str] = field(default_factory=dict)

    def of_hashtag(self, hashtag: str) -> set[int]:
        """The numbers of a hashtag: one, or none where nobody posted it."""
        key = (Shared.HASHTAG, fold(hashtag.removeprefix("#").strip()))
        return {number for number, one in enumerate(self.keys) if one == key}

    def exhibits_in(self, post_ids: Iterable[int]) -> list[int]:
        """The exhibits that stand in posts."""
        return sorted({one for post in post_ids for one in self.pictured.get(post, ())})

    def showing(self, exhibit_ids: Iterable[int]) -> set[int]:
        """The numbers of what exhibits show."""
        names = {name for one in exhibit_ids for name in self.shown.get(one, ())}
        return {
            number
            for number, (kind, name) in enumerate(self.keys)
            if kind is Shared.PICTURE and name in names
        }


def gathered(store: Store, person: Person, since: datetime | None) -> SharedThings:
    """All that the posts have in common which a person may see."""
    with store.lock:
        posts = [*coinciding.every(store, person, since)]
        own = {one.id for one in posts}
        pictured: dict[int, list[int]] = {}
        for post_id, exhibit_id in coinciding.pictures(store, person):
            if post_id in own:
                pictured.setdefault(post_id, []).append(exhibit_id)
        posted = {one for several in pictured.values() for one in several}
        shown = objects_of(posted, coinciding.lying(store, posted))
    words = _Words(posts)  # folding is slow: once for each text
    keys: dict[Key, int] = {}
    clients: dict[str, int] = {}
    columns: list[tuple[int, int, float, float, bool, int, bool, int, int]] = []
    for one in posts:
        client = clients.setdefault(one.client, len(clients)) if one.client else _NO_CLIENT
        for key in _keys(one, pictured.get(one.id, ()), shown, words):
            number = keys.setdefault(key, len(keys))
            columns.append(
                (
                    one.account,
                    number,
                    one.at,
                    one.resolution_s,
                    one.zone_known,
                    key[0].value,
                    one.forward,
                    client,
                    one.id,
                )
            )
    return SharedThings(
        rows=_rows(columns),
        keys=[*keys],
        clients=[*clients],
        exhibits=_by_object(posted, shown),
        pictured=pictured,
        shown=shown,
        written=words.written,
    )


_NO_CLIENT = -1  # as `verify.campaigns.rows` has it


def _rows(columns: list[tuple[int, int, float, float, bool, int, bool, int, int]]) -> Rows:
    import numpy as np

    from verify.campaigns.rows import ROW

    return np.array(columns, ROW)


def _by_object(posted: Iterable[int], shown: Mapping[int, set[int]]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for exhibit_id in sorted(posted):
        for name in shown[exhibit_id]:
            found.setdefault(name, []).append(exhibit_id)
    return found


def _keys(
    post: Posted, exhibit_ids: Iterable[int], shown: Mapping[int, set[int]], words: _Words
) -> Iterable[Key]:
    """The objects of a post, each once."""
    found: dict[Key, None] = {}
    for exhibit_id in exhibit_ids:
        found.update(dict.fromkeys((Shared.PICTURE, name) for name in sorted(shown[exhibit_id])))
    if text := words.exact.get(post.id):
        found[Shared.WORDS, text] = None
        if name := words.alike.get(text):
            found[Shared.ALIKE, name] = None
    found.update(dict.fromkeys((Shared.HASHTAG, fold(tag)) for tag in post.hashtags if tag))
    links = (canonical(link) for link in post.links)
    found.update(dict.fromkeys((Shared.LINK, link) for link in links if link))
    return found


class _Words:
    """exact: words by their post, with single blanks. alike: for words what names those nearly
    like them, where there are others. written: of names, and of hashtags, how somebody wrote them
    first."""

    def __init__(self, posts: Iterable[Posted]) -> None:
        self.exact: dict[int, str] = {}
        self.written: dict[str, str] = {}
        for post in posts:
            if text := " ".join(post.text[:_LONGEST].split()):
                self.exact[post.id] = text
            for tag in post.hashtags:
                self.written.setdefault(fold(tag), tag)
        folded: dict[str, list[str]] = {}
        for text in dict.fromkeys(self.exact.values()):
            folded.setdefault(_folded(text), []).append(text)
        texts = [one for one in folded if one.count(" ") >= LEAST_WORDS - 1]
        groups: dict[int, list[str]] = {}
        for name, one in zip(alike(texts), texts, strict=True):
            groups.setdefault(name, []).extend(folded[one])
        self.alike: dict[str, str] = {}
        for name, several in groups.items():
            if len(several) > 1:
                self.alike.update(dict.fromkeys(several, texts[name]))
                self.written[texts[name]] = several[0]


def _folded(text: str) -> str:
    """Words as they are held against others: without links, hashtags and who is named."""
    return _BETWEEN.sub(" ", fold(_NO_WORDS.sub(" ", text[:_COMPARED])).replace("'", "")).strip()
