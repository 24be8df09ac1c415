"""Facebook: ids of posts, photos and videos are drawn from a pool and hold no time."""

from __future__ import annotations

import re

from verify.comparisons.networks import Post

NAME = "Facebook"
HOSTS = ("facebook.com", "fb.watch")

_POST = re.compile(
    r"(?:/(?:groups/)?[\w.-]+)?(?:/posts(?:/[^/]+)?|/videos(?:/[^/]+)?|/reel|/watch|/permalink|"
    r"/permalink\.php|/story\.php|/photo|/photo\.php|/photos(?:/[\w.]+)?)"
    r"/(pfbid\w+|\d{8,20})/?",
    re.ASCII,
)
_SHARED = re.compile(r"/share/(?:[prv]/)?(\w{8,20})/?", re.ASCII)


def post(host: str, path: str) -> Post | None:
    """`/NAME/posts/ID`, `/NAME/videos/ID`, `/reel/ID`, `/NAME/photos/ALBUM/ID`, `/share/p/CODE`,
    and the ids behind `fbid=`, `story_fbid=` and `v=`.
    """
    found = _POST.fullmatch(path) or _SHARED.fullmatch(path)
    return Post(found[1]) if found else None
