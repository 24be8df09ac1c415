from __future__ import annotations

import json
from collections.abc import Callable

from verify.lab.importers import Source, importer_of
from verify.lab.importers.proofmode import NAME, read, recognises
from verify.records import Attachment, PlaceKind, Post, Unread

Made = Callable[..., Source]

DIGEST = "ab" * 32
PROOF = {
    "File Hash SHA256": DIGEST,
    "File Path": "/storage/emulated/0/DCIM/Camera/IMG_1.jpg",
    "File Modified": "2020-06-12T14:02Z",
    "Proof Generated": "2020-06-12T14:03:20.123Z",
    "DeviceID": "secret",
    "Location.Latitude": "36.2",
    "Notes": "the square",
}
EXPECTED = Post(
    network="proofmode",
    id=DIGEST,
    place_kind=PlaceKind.PRIVATE,
    person=True,
    at="2020-06-12T14:03:20",
    text="the square",
    media=(Attachment(path="IMG_1.jpg"),),
)


def table(told: dict[str, str]) -> str:
    return ",".join(told) + "\n" + ",".join(f'"{value}"' for value in told.values()) + "\n"


def test_a_proof_is_of_the_file_that_lies_beside_it(made: Made) -> None:
    for ending, text in (("json", json.dumps(PROOF)), ("csv", table(PROOF))):
        source = made(f"{DIGEST}.proof.{ending}", text, "IMG_1.jpg")
        assert importer_of(source).NAME == NAME
        assert list(read(source)) == [EXPECTED]


def test_a_time_with_an_offset_is_one_of_utc(made: Made) -> None:
    told = PROOF | {"Proof Generated": "2020-06-12T16:03:20+0200"}
    (post,) = read(made(f"{DIGEST}.proof.json", json.dumps(told)))
    assert isinstance(post, Post) and post.at == "2020-06-12T14:03:20Z"


def test_nothing_that_names_the_device_or_its_place_comes_in(made: Made) -> None:
    (post,) = read(made(f"{DIGEST}.proof.json", json.dumps(PROOF)))
    assert "secret" not in repr(post) and "36.2" not in repr(post) and "emulated" not in repr(post)


def test_what_is_damaged_is_told(made: Made) -> None:
    for odd in (
        "",
        "{",
        json.dumps(PROOF)[:60],
        json.dumps(PROOF | {"File Hash SHA256": "x"}),
        "\0",
    ):
        for ending in ("json", "csv"):
            found = read(made(f"{DIGEST}.proof.{ending}", odd))
            assert [type(one) for one in found] == [Unread]


def test_other_files_are_no_proof(made: Made) -> None:
    assert not recognises(made("a.proof.json", json.dumps(PROOF)))
    assert not recognises(made(f"{DIGEST}.proof.json", "{}"))
