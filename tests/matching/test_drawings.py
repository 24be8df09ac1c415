"""What a hash calls the same of drawings and patterns, pixels bear out or do not."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image, ImageFilter

from benchmarks import sheets
from tests.photographs import encode, photograph
from verify.lab.features import describe, stored
from verify.lab.hashing import pdq
from verify.matching.alignment import Query
from verify.matching.drawings import borne_out
from verify.matching.hash_index import HashIndex
from verify.records import Orientation


def chart(seed: int) -> Image.Image:
    return Image.fromarray(sheets.chart(3, np.random.default_rng(seed)))


def passed_on(image: Image.Image) -> Image.Image:
    with Image.open(io.BytesIO(encode(image, quality=60))) as copy:
        return copy.convert("RGB")


def found(asked: Image.Image, archived: Image.Image) -> bool:
    """Whether the hash finds it, and pixels bear that out."""
    index, hashes = HashIndex(), pdq(asked).orientations
    index.add(1, pdq(archived).hash)
    (near,) = index.search(hashes)
    query, earlier = Query.of(describe(np.asarray(asked))), describe(np.asarray(archived))
    return borne_out(query, stored(earlier), near.orientation)


@pytest.mark.parametrize("other", [19, 141])
def test_other_lines_in_one_chart_are_another_one(other: int) -> None:
    assert found(passed_on(chart(120)).resize((500, 375)), chart(120))
    assert not found(chart(other), chart(120))


def test_a_photograph_needs_no_more_than_its_hash() -> None:
    china = photograph("china")
    query = Query.of(describe(np.asarray(china.filter(ImageFilter.GaussianBlur(3)))))
    other = stored(describe(np.asarray(photograph("flower"))))
    assert borne_out(query, other, Orientation.ORIGINAL)
