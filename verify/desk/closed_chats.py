"""Posts of closed chats without what leads to the people in them, who are no public voices.

Their names, numbers and chats are kept nowhere. Which posts are of one person stays, by a number
that is given anew for each import and that nothing joins to another.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable

import msgspec

from verify.desk.sealing import ending_alone, without_source
from verify.records import Attachment, Post
from verify.store.posts.accounts import key_of


class ClosedChats:
    """The members of an export's closed chats, numbered in the order in which they first speak.

    last: the number of the last one.
    """

    def __init__(self, number: int, posts: Iterable[Post], last: int = 0) -> None:
        """number: of the import. posts: all of them, read once for the names. last: the number of
        the last member in the exports before, who are other people."""
        self._number = number
        self._members: dict[str, int] = {}
        self._names: set[str] = set()
        self._alike: Counter[tuple[str, str]] = Counter()
        for post in posts:
            if post.in_closed_chat and (name := key_of(post)):
                self._members.setdefault(name, last + len(self._members) + 1)
                self._names |= {post.name, post.handle} - {""}
        self.last = last + len(self._members)

    def bare(self, post: Post) -> Post:
        """A post as it is kept; one that is of no closed chat stays as it is.

        Its id is made of its time and words as they are kept, since ids in such exports can be
        made of names.
        """
        if not post.in_closed_chat:
            return post
        text = without_source(post.text, None, *self._names)
        self._alike[post.at, text] += 1
        made_of = "\0".join((post.at, text, str(self._alike[post.at, text])))
        member = self._members.get(key_of(post))
        name = f"member {self._number}-{member}" if member else ""
        return msgspec.structs.replace(
            post,
            id=hashlib.sha256(made_of.encode("utf-8", "surrogatepass")).hexdigest()[:32],
            place="",
            place_name="",
            account=name,
            name=name,
            handle="",
            text=text,
            forwarded_from="",
            reply_to="",
            links=(),
            link="",
            media=tuple(Attachment(path=ending_alone(one.path)) for one in post.media),
        )
