"""Broken files: the benchmark's fuzzer, a few of its files."""

from __future__ import annotations

from benchmarks.fuzz import run, seeds


def test_every_broken_file_gets_an_answer() -> None:
    """In bounded time: the lab's limits end whatever takes longer, the test's limit the test."""
    found = run(seeds(), 80, seed=7)
    assert found.raised == []
    assert len(found.seconds) == 80
    assert found.answers["read as a picture"] > 0
