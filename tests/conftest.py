"""What several tests share: real photographs, and the command line as a person starts it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import sklearn.datasets

PHOTOGRAPHS = Path(sklearn.datasets.__file__).parent / "images"

Run = Callable[..., subprocess.CompletedProcess[str]]


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
def verify_desk(home: Path, tmp_path: Path) -> Run:
    """Run `verify-desk` with some arguments, on the desk in `home`, and see how it ended."""

    def run(*arguments: str | Path, **settings: str) -> subprocess.CompletedProcess[str]:
        kept = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
        return subprocess.run(
            [Path(sys.executable).with_name("verify-desk"), *map(str, arguments)],
            env={**kept, "VERIFY_HOME": str(home), **settings},
            cwd=tmp_path,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    return run
