"""Settings from the environment, and the token from files of service managers."""

from __future__ import annotations

from pathlib import Path

import pytest

from verify.config import read_config
from verify.errors import BadInput

TOKEN = "123456:" + "a" * 35


def test_the_token_comes_from_a_file(tmp_path: Path) -> None:
    (tmp_path / "token").write_text(f"{TOKEN}\n")
    named = read_config({"TELEGRAM_BOT_TOKEN_FILE": str(tmp_path / "token")})
    assert named.token == TOKEN


@pytest.mark.parametrize("content", [b"", b"\n", b"\xff\xfe", b"no token"])
def test_a_file_without_a_token_is_refused_and_not_quoted(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "token").write_bytes(content)
    with pytest.raises(BadInput) as refused:
        read_config({"TELEGRAM_BOT_TOKEN_FILE": str(tmp_path / "token")})
    assert "no token" not in str(refused.value.sentence)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="TELEGRAM_BOT_TOKEN_FILE"):
        read_config({"TELEGRAM_BOT_TOKEN_FILE": str(tmp_path / "none")})


@pytest.mark.parametrize("text", ["0", "-1", "many", "1.5", "1234567890", "٣"])
def test_a_limit_that_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(BadInput, match="VERIFY_FILES_A_MINUTE"):
        read_config({"VERIFY_FILES_A_MINUTE": text})
