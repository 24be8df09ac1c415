"""What all talks share."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """What fails is tried again at once; how long the wait is does not matter here."""
    monkeypatch.setattr("verify.chat.inbox._RETRY_SECONDS", 0.01)
    monkeypatch.setattr("verify.chat.polling._LONGEST_PAUSE", 0.05)
