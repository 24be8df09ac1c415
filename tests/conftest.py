"""What several tests share: real photographs, and the command line as a person starts it."""

from __future__ import annotations

import gc
import os

# as in the lab's child: threads of OpenBLAS's wait for each other in a loop, eight of them at once
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # before NumPy is loaded

import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from importlib.util import find_spec
from pathlib import Path

import httpx
import pytest
from hypothesis import settings
from playwright.sync_api import Browser, expect, sync_playwright

from tests.remembering import ANSWERS, lab
from tests.visitor import Sealing
from verify import cli
from verify.cli.output import reader
from verify.sandbox import Sandbox

# not imported: that takes a second
PHOTOGRAPHS = Path(find_spec("sklearn").origin).parent / "datasets" / "images"

VERIFY_DESK = Path(sys.executable).with_name("verify-desk")

CHROMIUM = Path("/usr/bin/chromium")
PATIENCE = 120_000  # milliseconds that a page may take for anything, on a machine with much to do

_MEMORY, _ENOUGH = "/dev/shm", 4 << 30  # bytes

Run = Callable[..., subprocess.CompletedProcess[str]]

# How long an example takes is the machine's affair; each test has its limit.
settings.register_profile("no deadline", deadline=None)
settings.load_profile("no deadline")


def heed_signals() -> None:
    """Let what is started from here hear signals: a script's background, or `nohup`, ignores some,
    and children inherit that. They do not inherit a function, and this process stays as it was."""
    for name in (signal.SIGINT, signal.SIGHUP, signal.SIGQUIT, signal.SIGTERM, signal.SIGXCPU):
        if signal.getsignal(name) is signal.SIG_IGN:
            signal.signal(name, lambda *_: None)


heed_signals()

# httpx looks for it at every call in process, through all that pytest hooks into imports
if find_spec("sniffio") is None:
    sys.modules["sniffio"] = None


def settings(home: Path, **more: str) -> dict[str, str]:
    """The environment of a desk in `home`, without the settings of whoever runs the tests."""
    kept = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
    return {**kept, "VERIFY_HOME": str(home), **more}


def browser() -> httpx.Client:
    """Somebody who opens the page."""
    transport = Sealing(httpx.HTTPTransport(trust_env=False))
    return httpx.Client(follow_redirects=True, trust_env=False, timeout=240, transport=transport)


def serving(
    home: Path, program: Path = VERIFY_DESK
) -> AbstractContextManager[subprocess.Popen[str]]:
    """A desk that serves; its first line of JSON is the next to read. Killed at the end.

    What it warns of, as on a slow machine, is not taken for what a command says beside it.
    """
    return command("serve", "--json", home=home, program=program, stderr=subprocess.DEVNULL)


@contextmanager
def command(
    *arguments: str | Path, home: Path, program: Path = VERIFY_DESK, stderr: int | None = None
) -> Iterator[subprocess.Popen[str]]:
    """The real program in a process of its own. Killed at the end."""
    with subprocess.Popen(
        [program, *arguments],
        env=settings(home),
        cwd=home.parent,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=stderr,
        text=True,
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def pytest_configure(config: pytest.Config) -> None:
    """One folder for what the labs of all the run's processes answered, as long as it lasts.

    Homes lie in memory where there is enough: a run syncs them many thousand times.
    """
    if not hasattr(config, "workerinput"):
        if os.access(_MEMORY, os.W_OK) and shutil.disk_usage(_MEMORY).free > _ENOUGH:
            os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", _MEMORY)
        answers = tempfile.TemporaryDirectory(prefix="verify-desk-answers-")
        os.environ[ANSWERS] = answers.name
        config.add_cleanup(answers.cleanup)


# Of half a minute each: begun first, none is left for a worker when the others have done.
_LONGEST = {"test_walk", "test_kills", "test_team_walk"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: item.path.stem not in _LONGEST)


def pytest_collection_finish() -> None:
    """What is loaded by now is no garbage: to look through it takes a tenth of a test's time."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def sandbox() -> Sandbox:
    """One lab for all desks of a test run; starting its children takes half a second each."""
    return lab()


@pytest.fixture(scope="session", autouse=True)
def _without_tesseract() -> Iterator[None]:
    """As on a computer that lacks it: reading text would take a fifth of every examination."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("verify.tesseract._program", str)
        yield


@pytest.fixture
def china() -> Path:
    """A photograph of a temple in Beijing, 640 x 427, that ships inside scikit-learn."""
    return PHOTOGRAPHS / "china.jpg"


@pytest.fixture
def flower() -> Path:
    """A photograph of a dahlia, 640 x 427, that ships inside scikit-learn."""
    return PHOTOGRAPHS / "flower.jpg"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Where a desk of this test lives; nothing is there yet."""
    return tmp_path / "home"


@pytest.fixture
def verify_desk(
    home: Path,
    tmp_path: Path,
    sandbox: Sandbox,
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> Run:
    """Run `verify-desk` with some arguments, on the desk in `home`, and see how it ended.

    In this process and with the lab of all, which spares seconds of loading; `serving` starts a
    process of its own.
    """
    monkeypatch.chdir(tmp_path)

    def shared(children: int = 2, *, trust_list: str = "", **more: int) -> Sandbox:
        return Sandbox(children, trust_list=trust_list, **more) if trust_list else sandbox

    monkeypatch.setattr("verify.sandbox.Sandbox", shared)
    monkeypatch.setattr("verify.desk.Sandbox", shared)

    def run(*arguments: str | Path, **more: str) -> subprocess.CompletedProcess[str]:
        capfd.readouterr()
        reader.cache_clear()
        with monkeypatch.context() as patch:
            for name in os.environ:
                patch.delenv(name)
            for name, value in settings(home, **more).items():
                patch.setenv(name, value)
            status = cli.run([*map(str, arguments)])
        return subprocess.CompletedProcess(arguments, status, *capfd.readouterr())

    return run


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Headless Chromium. Its loop occupies the thread, so it lives for one module only."""
    if not CHROMIUM.exists():
        if os.environ.get("CI"):
            pytest.fail(f"the page was not tested: there is no {CHROMIUM}")
        pytest.skip(f"the page needs a browser to be tested: there is no {CHROMIUM}")
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox"] if os.geteuid() == 0 else []
        )
        yield browser
        browser.close()
