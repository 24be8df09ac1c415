"""The bot's token never reaches a log."""

from __future__ import annotations

import io
import logging

import pytest

from verify.chat.logs import guard_logs

TOKEN = "123456789:" + "AbC_-" * 7


@pytest.fixture
def written() -> io.StringIO:
    """What a handler of the root writes, after the logs were guarded."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    logging.getLogger().addHandler(handler)
    guard_logs()
    yield stream
    logging.getLogger().removeHandler(handler)


def test_a_token_in_an_address_is_blotted_out(written: io.StringIO) -> None:
    logging.getLogger("some.library").error("GET https://x/bot%s/getMe", TOKEN)
    logging.getLogger("some.library").error("GET https://x/%s", TOKEN.replace(":", "%3A"))
    assert TOKEN[12:] not in written.getvalue()
    assert "GET https://x/bot[token]/getMe" in written.getvalue()


def test_a_token_in_a_traceback_is_blotted_out(written: io.StringIO) -> None:
    try:
        raise ValueError(f"no answer from bot{TOKEN}")
    except ValueError:
        logging.getLogger("some.library").exception("failed")
    assert "ValueError" in written.getvalue()
    assert TOKEN[12:] not in written.getvalue()


def test_httpx_does_not_log_addresses(written: io.StringIO) -> None:
    logging.getLogger("httpx").info("GET https://example.org/")
    assert written.getvalue() == ""
