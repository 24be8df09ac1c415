"""What `verify-desk campaign` says of a made-up world, and what it leaves to the news."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests import campaign_world as world
from tests.conftest import Run
from tests.desk.test_campaigns import take
from tests.remembering import furnished
from verify.desk import Desk
from verify.records import Role
from verify.sandbox import Sandbox

NOTHING_BUT_NEWS = "Nothing but news is needed to explain it"


@pytest.fixture
def posted(home: Path, sandbox: Sandbox) -> Path:
    """A desk that holds the world's posts."""
    with Desk(furnished(home), sandbox=sandbox) as desk:
        noor = desk.team.admit("telegram", "7", "Noor", Role.OWNER)
        take(desk, noor, world.posts())
    return home


def members(found: dict[str, Any]) -> set[str]:
    """The handles of a group."""
    return {one["handle"] for one in found["accounts"]}


def test_an_app_and_a_scheduled_hashtag_are_told_and_news_needs_nothing_else(
    posted: Path, verify_desk: Run
) -> None:
    print(f"seed {world.SEED}")
    found = json.loads(verify_desk("campaign", "--json").stdout)
    groups = [members(one) for one in found["groups"]]
    app, clock = sorted(groups, key=lambda one: -len(one & {*world.APP}))
    assert app <= {*world.APP}
    assert len(app) >= len(world.APP) - 2
    assert clock == {*world.CLOCK}
    assert any(one["client"] == world.CLIENT for one in found["by_machine"])
    assert {one["account"]["handle"] for one in found["scheduled"]} == {*world.CLOCK}
    waves = {one["object"]["text"] for one in found["waves"]}
    assert "news.example.org/2014/06/12/bridge" in waves

    said = verify_desk("campaign").stdout.splitlines()
    [news] = (n for n, line in enumerate(said) if "A wave" in line and "bridge" in line)
    assert NOTHING_BUT_NEWS in said[news + 1]
    assert sum(NOTHING_BUT_NEWS in line for line in said) == 1
    tag = verify_desk("campaign", "--hashtag", world.TAG).stdout
    assert "clock0" in tag
    assert world.CLIENT not in tag
    for word in ("inauthentic", "bot", "fake"):
        assert word not in "\n".join(said).lower()
