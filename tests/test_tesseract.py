"""Text in pictures is read by a program that can reach nothing but the picture."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
import sys
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import skimage.data
from PIL import Image, ImageDraw, ImageFont

from tests.conftest import Run
from verify import tesseract
from verify.language import Reader, html
from verify.readers.text import add_text
from verify.records import Outcome, Pixels, Text
from verify.sandbox import Sandbox
from verify.tesseract import Tesseract, TesseractError

linux = pytest.mark.skipif(sys.platform != "linux", reason="these walls are Linux's")
installed = pytest.mark.skipif(
    shutil.which("tesseract") is None, reason="Tesseract is not installed"
)
NOTO = Path("/usr/share/fonts/truetype/noto")


PROGRAM = tesseract._program  # as it is before the fixture of all tests


@pytest.fixture(autouse=True)
def _tesseract(monkeypatch: pytest.MonkeyPatch) -> None:
    """Here it is wanted."""
    monkeypatch.setattr(tesseract, "_program", PROGRAM)


def signed(photograph: Path, text: str, font: str) -> bytes:
    """A photograph with a white sign in it."""
    picture = Image.open(photograph).resize((1280, 853))
    draw = ImageDraw.Draw(picture)
    letters = ImageFont.truetype(NOTO / font, 70)
    left, top, right, bottom = draw.textbbox((480, 600), text, font=letters)
    draw.rectangle((left - 35, top - 12, right + 60, bottom + 35), fill="white")
    draw.text((480, 600), text, font=letters, fill="black")
    file = io.BytesIO()
    picture.save(file, "JPEG", quality=90)
    return file.getvalue()


def read(content: bytes, sandbox: Sandbox) -> tuple[Text | None, list[tuple[Outcome, str]]]:
    seen = add_text(sandbox.examine(content), content, sandbox, Tesseract())
    found = [one for one in seen.findings if one.check == "text"]
    return seen.text, [(one.outcome, str(one.summary.values.get("text", ""))) for one in found]


@installed
@pytest.mark.parametrize(
    ("text", "font"),
    [
        ("POLICE LINE", "NotoSans-Bold.ttf"),
        ("مستشفى الموصل العام", "NotoSansArabic-Bold.ttf"),
    ],
)
def test_a_sign_in_a_photograph_is_read(
    text: str, font: str, flower: Path, sandbox: Sandbox
) -> None:
    seen, findings = read(signed(flower, text, font), sandbox)
    assert seen == Text(languages=("eng", "ara"), text=text)
    assert findings == [(Outcome.NOTED, text)]


@installed
def test_a_scanned_page_is_read(sandbox: Sandbox) -> None:
    file = io.BytesIO()
    Image.fromarray(skimage.data.page()).save(file, "PNG")
    seen, _ = read(file.getvalue(), sandbox)
    assert seen and "markers of the coins and the" in seen.text


@installed
def test_a_photograph_without_text_gets_no_finding(flower: Path, sandbox: Sandbox) -> None:
    seen, findings = read(flower.read_bytes(), sandbox)
    assert seen and seen.text == ""
    assert findings == []


def pixels_of(content: bytes, sandbox: Sandbox) -> Pixels:
    found = sandbox.pixels(content, 1280)
    assert found
    return found


@installed
def test_pictures_that_are_read_in_one_run_give_what_each_gives_alone(
    flower: Path, sandbox: Sandbox
) -> None:
    english = signed(flower, "POLICE LINE", "NotoSans-Bold.ttf")
    arabic = signed(flower, "مستشفى الموصل العام", "NotoSansArabic-Bold.ttf")
    contents = [english, flower.read_bytes(), arabic]
    pictures = [pixels_of(one, sandbox) for one in contents]
    read = Tesseract().read_each(pictures)
    assert read == ["POLICE LINE", "", "مستشفى الموصل العام"]


def test_what_cannot_be_decoded_is_left_alone(sandbox: Sandbox) -> None:
    assert read(b"not a picture", sandbox) == (None, [])


def test_what_is_cut_off_fails_once(sandbox: Sandbox, flower: Path) -> None:
    assert read(flower.read_bytes()[:2000], sandbox) == (None, [])


def test_without_tesseract_a_reader_learns_how_to_install_it(
    verify_desk: Run, flower: Path
) -> None:
    done = verify_desk("examine", "--json", flower, PATH="/nowhere")
    seen = json.loads(done.stdout)
    assert seen["text"] is None
    (finding,) = [one for one in seen["findings"] if one["check"] == "text"]
    assert finding["outcome"] == "not_applicable"
    assert "apt install tesseract-ocr tesseract-ocr-ara" in finding["summary"]


_TRIES = """
import fcntl, os, resource, socket, sys, threading
from verify.lab.walls import wall_in_program
parent = os.getppid()
wall_in_program(["/usr"], 100)
def attempt(name, do):
    try:
        do()
    except (OSError, ValueError, RuntimeError) as error:
        refused = "can't start new thread" in str(error)
        print(name, "PermissionError" if refused else type(error).__name__)
    else:
        print(name, "DONE")
attempt("read", lambda: open("/etc/passwd"))
attempt("read-own", lambda: open(__file__))
attempt("write", lambda: open(sys.argv[1], "w"))
attempt("append", lambda: open("/usr/written", "a"))
attempt("list", lambda: os.listdir("/etc"))
attempt("delete", lambda: os.unlink(__file__))
attempt("internet", lambda: socket.socket())
attempt("local", lambda: socket.socketpair())
attempt("fork", os.fork)
attempt("signal", lambda: os.kill(os.getppid(), 0))
attempt("owner", lambda: fcntl.fcntl(0, fcntl.F_SETOWN, parent))
attempt("tell", lambda: fcntl.fcntl(0, fcntl.F_SETFL, os.O_ASYNC))
attempt("thread", threading.Thread(target=int).start)
attempt("limit", lambda: resource.prlimit(os.getppid(), resource.RLIMIT_CPU))
attempt("library", lambda: os.listdir("/usr"))
"""


@linux
def test_a_program_behind_its_walls_reaches_nothing_but_libraries(tmp_path: Path) -> None:
    script = tmp_path / "tries.py"
    script.write_text(_TRIES)
    done = subprocess.run(
        [sys.executable, "-I", script, tmp_path / "written"], capture_output=True, text=True
    )
    tries = dict(line.split() for line in done.stdout.splitlines())
    assert tries.pop("library") == "DONE"
    assert len(tries) == 14
    assert set(tries.values()) == {"PermissionError"}
    assert script.exists()


@linux
@installed
def test_every_wall_stands_around_tesseract(sandbox: Sandbox) -> None:
    assert Tesseract().walls() == sandbox.walls()


def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, source: str) -> Tesseract:
    """Another program in Tesseract's place, one that lists the languages as it does."""
    program = tmp_path / "bin" / "tesseract"
    program.parent.mkdir()
    program.write_text(f"#!/bin/sh\n[ $1 = --list-langs ] && echo eng && exit\n{source}\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(program.parent))
    return Tesseract()


PIXELS = Pixels(width=40, height=30, rgb=bytes(3600))


@pytest.mark.parametrize(
    ("source", "code"),
    [("while :; do :; done", "slow"), ("exit 3", "failed"), ("kill -9 $$", "failed")],
)
def test_what_runs_for_ever_or_breaks_down_gives_no_answer(
    source: str, code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tesseract, "SECONDS", 1.0)
    program = programs(tmp_path, monkeypatch, source)
    assert program.languages() == ("eng",)
    with pytest.raises(TesseractError, match=code):
        program.read(PIXELS)


def test_where_one_run_for_several_fails_each_is_read_by_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = f"read kind; [ \"$kind\" = P5 ] && printf '{row('harbour')}'"
    program = programs(tmp_path, monkeypatch, source)
    assert program.read_each([PIXELS, PIXELS]) == ["harbour", "harbour"]


def row(word: str, line: int = 1) -> str:
    return f"5\\t1\\t1\\t1\\t{line}\\t1\\t0\\t0\\t9\\t9\\t95.0\\t{word}\\n"


def test_its_answer_is_text_from_outside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = f"printf 'nonsense\\n{row('first')}{row('a' * 500, 2)}\\377\\n{row('<b>last', 3)}'"
    lines = programs(tmp_path, monkeypatch, source).read(PIXELS).splitlines()
    assert [line[:7] for line in lines] == ["first", "aaaaaaa", "<b>last"]
    assert len(lines[1]) == 100


def test_script_in_a_picture_is_shown_as_words(
    tmp_path: Path, china: Path, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = "<script>alert(1)</script>"
    program = programs(tmp_path, monkeypatch, f"printf '{row(script)}'")
    seen = add_text(sandbox.examine(china), china, sandbox, program)
    assert seen.text and seen.text.text == script
    (finding,) = [one for one in seen.findings if one.check == "text"]
    shown = html(finding.summary, Reader("en", ZoneInfo("UTC")))
    assert "&lt;script&gt;" in shown and "<script" not in shown


def test_an_answer_without_end_is_cut_off(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tesseract, "SECONDS", 2.0)
    source = f"while :; do printf '{row('word')}'; done"
    with pytest.raises(TesseractError):
        programs(tmp_path, monkeypatch, source).read(PIXELS)


@linux
@installed
def test_no_picture_reaches_a_disk_on_its_way(
    china: Path, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", "/nowhere")
    content = signed(china, "GATE 12 CLOSED", "NotoSans-Bold.ttf")
    text, _ = read(content, sandbox)
    assert text and "GATE" in text.text
