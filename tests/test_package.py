"""The wheel works outside the checkout: page, catalogues and data travel with it."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import browser, serving, settings
from tests.photographs import encode, photograph, shrunk

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A fresh environment with the wheel in it; what it depends on comes from this one."""
    folder = tmp_path_factory.mktemp("package")
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check"]
    build = ["wheel", "-q", "--no-deps", "--no-build-isolation", "-w", folder, ROOT]
    subprocess.run([*pip, *build], check=True, timeout=240)
    venv.create(folder / "venv", with_pip=False, symlinks=True)
    python = folder / "venv" / "bin" / "python"
    [wheel] = folder.glob("verify_desk-*.whl")
    install = ["--python", python, "install", "-q", "--no-deps", "--no-index", wheel]
    subprocess.run([*pip, *install], check=True, timeout=240)
    [packages] = (folder / "venv").glob("lib/python*/site-packages")
    (packages / "dependencies.pth").write_text(sysconfig.get_path("purelib"))
    return folder / "venv" / "bin"


def run(
    program: Path, *arguments: str | Path, home: Path, **more: str
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [program, *map(str, arguments)],
        env=settings(home, **more),
        cwd=home.parent,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=240,
        check=True,
    )


def lines(output: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in output.splitlines()]


def test_it_is_the_wheel_that_runs(installed: Path, home: Path) -> None:
    where = run(installed / "python", "-c", "import verify; print(verify.__file__)", home=home)
    assert Path(where.stdout.strip()).is_relative_to(installed.parent)


def test_the_wheel_examines_a_photograph(installed: Path, home: Path, china: Path) -> None:
    done = run(installed / "verify-desk", "examine", "--json", china, home=home)
    [line] = lines(done.stdout)
    assert (line["width"], line["fingerprints"]["pdq"]["quality"]) == (640, 100)
    assert "failed" not in {finding["outcome"] for finding in line["findings"]}


def test_the_wheel_brings_its_data_and_catalogues(
    installed: Path, home: Path, tmp_path: Path, china: Path
) -> None:
    run(installed / "verify-desk", "import", china, home=home)
    copy = tmp_path / "copy.jpg"
    copy.write_bytes(encode(shrunk(photograph("china")), quality=30))
    done = run(installed / "verify-desk", "match", "--json", copy, home=home)
    [match] = lines(done.stdout)[0]["matches"]
    assert match["expected_by_chance"] < 0.01
    arabic = run(installed / "verify-desk", "show", "1", home=home, VERIFY_LANGUAGE="ar")
    assert any("\u0600" <= letter <= "\u06ff" for letter in arabic.stdout)


def test_the_wheel_serves_the_page(installed: Path, home: Path) -> None:
    with serving(home, installed / "verify-desk") as process:
        assert process.stdout
        address = json.loads(process.stdout.readline())["address"]
        with browser() as http:
            page = http.get(address)
            assert page.status_code == 200
            assert "<title>" in page.text
            for name in re.findall(r'(?:href|src)="/?([\w.]+)"', page.text):
                assert http.get(page.url.join(name)).status_code == 200, name


def test_the_wheel_holds_all_files_of_the_package(installed: Path) -> None:
    [packages] = installed.parent.glob("lib/python*/site-packages")
    committed = subprocess.run(
        ["git", "ls-files", "verify"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if committed.returncode:
        pytest.skip("not a git checkout")
    there = [name for name in committed.stdout.split() if (ROOT / name).is_file()]
    assert [name for name in there if not (packages / name).is_file()] == []
