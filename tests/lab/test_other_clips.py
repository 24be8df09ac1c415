"""Films and recordings that are no MP4: Matroska, WebM, AVI, WAV and MP3 say what they are."""

from __future__ import annotations

import io
import wave

import pytest

from tests.lab.signing import GENERATED, sign
from verify.lab.examine import examine
from verify.records import CredentialState, Outcome

ADDRESS = "https://www.youtube.com/watch?v=aqz-KE-bpKQ"
WORDS = {"title": "Explosion in Homs", "artist": "Local News", "comment": ADDRESS}
GRAPH = '{"3": {"class_type": "KSampler", "inputs": {}}}'


def element(number: int, body: bytes) -> bytes:
    name = number.to_bytes((number.bit_length() + 7) // 8, "big")
    return name + (len(body) | 1 << 56).to_bytes(8, "big") + body


def matroska(words: dict[str, str], kind: bytes = b"matroska", nanoseconds: int = 0) -> bytes:
    tags = b"".join(
        element(0x67C8, element(0x45A3, name.upper().encode()) + element(0x4487, value.encode()))
        for name, value in words.items()
    )
    about = element(0x4461, nanoseconds.to_bytes(8, "big")) + element(0x5741, b"Lavf60.16.100")
    body = element(0x1549A966, about) + element(0x1F43B675, bytes(300))
    body += element(0x1254C367, element(0x7373, element(0x63C0, b"") + tags))
    return element(0x1A45DFA3, element(0x4282, kind)) + element(0x18538067, body)


def chunk(kind: bytes, body: bytes) -> bytes:
    return kind + len(body).to_bytes(4, "little") + body + b"\0" * (len(body) % 2)


def riff(form: bytes, *chunks: bytes) -> bytes:
    return chunk(b"RIFF", form + b"".join(chunks))


def avi() -> bytes:
    listed = zip((b"INAM", b"IART", b"ICMT"), WORDS.values(), strict=True)
    about = b"".join(chunk(name, word.encode() + b"\0") for name, word in listed)
    header = chunk(b"LIST", b"hdrl" + chunk(b"IDIT", b"Tue Oct 17 18:59:00 2023\n\0"))
    return riff(b"AVI ", header, chunk(b"LIST", b"INFO" + about), chunk(b"LIST", b"movi"))


def mp3() -> bytes:
    frames = b""
    comment = b"\0eng\0" + ADDRESS.encode()
    words = ((b"TIT2", b"\0Explosion in Homs"), (b"TPE1", b"\1" + "Local News".encode("utf-16")))
    for kind, body in (*words, (b"COMM", comment)):
        frames += kind + len(body).to_bytes(4, "big") + b"\0\0" + body
    size = len(frames)
    safe = bytes(size >> shift & 0x7F for shift in (21, 14, 7, 0))
    return b"ID3\3\0\0" + safe + frames + b"\xff\xfb\x90\0" * 40


def sound() -> bytes:
    file = io.BytesIO()
    with wave.open(file, "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(8000)
        out.writeframes(bytes(1600))
    return file.getvalue()


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (matroska(WORDS), "video/x-matroska"),
        (matroska(WORDS, b"webm"), "video/webm"),
        (avi(), "video/x-msvideo"),
        (mp3(), "audio/mpeg"),
    ],
    ids=["mkv", "webm", "avi", "mp3"],
)
def test_what_a_downloader_leaves_is_told(data: bytes, kind: str) -> None:
    seen = examine(data)
    told = [one for one in seen.findings if one.check == "people"]
    assert seen.media_type == kind
    assert {value for one in told for value in one.summary.values.values()} == {*WORDS.values()}


@pytest.mark.parametrize("kind", [b"matroska", b"webm"])
def test_a_generators_graph_in_its_tags_is_its_mark(kind: bytes) -> None:
    generator = examine(matroska({"prompt": GRAPH}, kind)).generator
    assert generator is not None
    assert (generator.name, generator.evidence[:16]) == ("ComfyUI", "Matroska prompt:")


def test_matroskas_time_is_in_utc_and_avis_that_of_the_camera() -> None:
    since_2001 = 719_334_000 * 10**9
    [made] = examine(matroska({}, nanoseconds=since_2001)).dates
    assert (made.what, made.at, made.zone) == ("created", "2023-10-18T15:00:00", "+00:00")
    assert examine(avi()).metadata.captured_at == "2023-10-17T18:59:00"


@pytest.mark.parametrize(
    ("data", "kind"),
    [(sound(), "audio/wav"), (avi(), "video/x-msvideo"), (mp3(), "audio/mpeg")],
    ids=["wav", "avi", "mp3"],
)
def test_content_credentials_are_read(data: bytes, kind: str) -> None:
    seen = examine(sign(data, kind, source_type=GENERATED))
    assert seen.credentials is not None
    assert seen.credentials.state is CredentialState.UNTRUSTED
    assert seen.generator is not None
    assert seen.generator.evidence == "Content Credentials: trainedAlgorithmicMedia"


@pytest.mark.parametrize("data", [matroska({}), sound(), avi()[:90], mp3()[:40]])
def test_what_says_nothing_or_is_cut_off_is_not_flagged(data: bytes) -> None:
    findings = [one for one in examine(data).findings if one.check != "decoding"]
    assert not {one.outcome for one in findings} & {Outcome.FLAGGED, Outcome.FAILED}
