"""How long a newcomer takes from a clone to an answered checklist, step by step.

    python -m benchmarks.first_minutes [REPOSITORY]

Runs the README's first command in a clone of REPOSITORY (by default, of this one), in a new
folder and with whatever the package cache holds, then walks through its page in Chromium as the
README says: a photograph, a mirrored and covered copy of it, What changed, ten items answered.
Prints the seconds by the clock since the beginning; a person reads and thinks besides.
"""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image, ImageOps
from playwright.sync_api import Page, sync_playwright

from benchmarks import photographs

COMMAND = "python3 -m venv .venv && .venv/bin/pip install -q . && .venv/bin/python bot.py"
_CHROMIUM = "/usr/bin/chromium"
_PATIENCE = 600  # seconds


class Watch:
    """Prints what is reached, and when."""

    def __init__(self) -> None:
        self._began = time.monotonic()

    def reached(self, step: str) -> None:
        print(f"{step:24} {time.monotonic() - self._began:6.1f} s", flush=True)


@contextmanager
def _served(clone: Path, home: Path) -> Iterator[Path]:
    """The file that opens the chat, once the command serves it. Ended in the end."""
    outside = {name: value for name, value in os.environ.items() if name != "VIRTUAL_ENV"}
    with subprocess.Popen(
        f"{COMMAND} --no-browser",
        shell=True,
        cwd=clone,
        env={**outside, "VERIFY_HOME": str(home)},
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    ) as process:
        try:
            door, until = home / "open-chat.html", time.monotonic() + _PATIENCE
            while not door.exists():
                if process.poll() is not None or time.monotonic() > until:
                    raise SystemExit("The desk does not serve.")
                time.sleep(0.1)
            yield door
        finally:
            os.killpg(process.pid, signal.SIGTERM)


def _pictures(folder: Path) -> tuple[Path, Path]:
    """A photograph, and a copy of it."""
    picture = Image.fromarray(photographs.load(photographs.find()[0]))
    original, copy = folder / "original.jpg", folder / "copy.jpg"
    picture.save(original)
    width, height = picture.size
    picture.paste((0, 0, 0), (width // 3, height // 3, width // 2, height // 2))
    ImageOps.mirror(picture).save(copy, quality=70)
    return original, copy


def _send(page: Page, picture: Path, caption: str) -> None:
    page.set_input_files("#picker", picture)
    page.fill("#caption", caption)
    page.click("#files-send")


def _answer_ten(page: Page) -> None:
    page.get_by_role("button", name="Checklist", exact=True).last.click()
    page.get_by_role("button", name="1", exact=True).last.click()
    item = page.locator("#log .message").filter(has_text="Nobody has answered this yet.")
    for _ in range(10):
        shown = item.inner_text()
        proposed = item.get_by_role("button", name="Accept what is proposed")
        (proposed if proposed.count() else item.get_by_text("Could not tell", exact=True)).click()
        page.wait_for_function("text => !document.body.innerText.includes(text)", arg=shown)
    page.get_by_text("10 of 10 answered here").wait_for()


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("repository", nargs="?", default=".")
    repository = parser.parse_args().repository
    with tempfile.TemporaryDirectory() as name, sync_playwright() as driver:
        folder, browser = Path(name), driver.chromium.launch(executable_path=_CHROMIUM)
        page = browser.new_page()
        page.set_default_timeout(_PATIENCE * 1000)
        original, copy = _pictures(folder)
        watch = Watch()
        subprocess.run(["git", "clone", "-q", repository, folder / "clone"], check=True)
        watch.reached("cloned")
        with _served(folder / "clone", folder / "home") as door:
            watch.reached("installed and serving")
            page.goto(door.as_uri())
            page.wait_for_selector("#log[aria-busy=false]", state="attached")
            watch.reached("page open")
            _send(page, original, "Hama this morning")
            page.get_by_role("button", name="Checklist", exact=True).wait_for()
            watch.reached("picture answered")
            _send(page, copy, "Tikrit, 12 June 2014")
            page.get_by_role("button", name="What changed", exact=True).click()
            page.get_by_role("button", name="Side by side", exact=True).wait_for()
            watch.reached("what changed shown")
            _answer_ten(page)
            watch.reached("ten items answered")
        browser.close()


if __name__ == "__main__":
    main()
