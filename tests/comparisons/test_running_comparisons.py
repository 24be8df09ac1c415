from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from verify import comparisons
from verify.comparisons import Circumstances
from verify.records import Examination, Metadata, Outcome

NOTHING = Circumstances(
    examination=Examination(lab_version=1, media_type="image/jpeg"),
    received_at=datetime(2026, 11, 24, 12, tzinfo=UTC),
)


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder whose modules are found as comparisons, too."""
    monkeypatch.setattr(comparisons, "__path__", [*comparisons.__path__, str(tmp_path)])
    comparisons._comparisons.cache_clear()
    yield tmp_path
    comparisons._comparisons.cache_clear()
    for name in [name for name in sys.modules if name.startswith("verify.comparisons.added")]:
        del sys.modules[name]


def test_a_file_of_which_nothing_is_known_gives_no_findings() -> None:
    assert comparisons.run(NOTHING) == ()


def test_the_same_circumstances_give_the_same_findings() -> None:
    examination = Examination(
        lab_version=1,
        media_type="image/jpeg",
        metadata=Metadata(captured_at="2020-01-01T00:00:00"),
    )
    circumstances = Circumstances(examination, NOTHING.received_at)
    assert comparisons.run(circumstances) == comparisons.run(circumstances) != ()


def test_a_new_comparison_is_one_new_file(package: Path) -> None:
    (package / "added_one.py").write_text(
        "from verify.records import Finding, Outcome, Pillar, say\n"
        "PILLAR = Pillar.SOURCE\n"
        "def compare(circumstances):\n"
        "    for _ in range(1000):\n"
        "        yield Finding(check='added_one', pillar=PILLAR, outcome=Outcome.NOTED,\n"
        "                      summary=say('Hello.'))\n"
    )
    assert {finding.check for finding in comparisons.run(NOTHING)} == {"added_one"}
    assert len(comparisons.run(NOTHING)) == 20


def test_one_that_breaks_says_so_and_stops_no_other(package: Path) -> None:
    (package / "added_two.py").write_text(
        "from verify.records import Pillar\n"
        "PILLAR = Pillar.SOURCE\n"
        "def compare(circumstances):\n"
        "    raise RuntimeError('secret')\n"
        "    yield\n"
    )
    [finding] = comparisons.run(NOTHING)
    assert finding.outcome is Outcome.FAILED
    assert "secret" not in finding.summary.template


def test_a_module_without_its_parts_is_named(package: Path) -> None:
    (package / "added_three.py").write_text("PILLAR = 1\n")
    with pytest.raises(TypeError, match=r"verify\.comparisons\.added_three needs PILLAR"):
        comparisons.run(NOTHING)
