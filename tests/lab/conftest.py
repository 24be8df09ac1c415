"""Views are computed once for the same pixels: most tests here ask what is written in a file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pytest
from PIL import Image

from verify.lab import examine
from verify.lab.inner import Box
from verify.lab.looks import Look
from verify.lab.views import views
from verify.records import View

_SEEN: dict[object, tuple[View, ...]] = {}


@pytest.fixture(scope="module", autouse=True)
def _remembered_views() -> Iterator[None]:
    def remembered(
        picture: Image.Image, looks: Iterable[Look] = (), insets: Iterable[Box] = ()
    ) -> tuple[View, ...]:
        looks, insets = list(looks), list(insets)
        pixels = [picture, *(one.picture for one in looks)]
        key = (
            tuple((one.size, one.tobytes()) for one in pixels),
            tuple(one.kind for one in looks),
            tuple(insets),
        )
        if key not in _SEEN:
            _SEEN[key] = views(picture, looks, insets)
        return _SEEN[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(examine, "views", remembered)
        yield
