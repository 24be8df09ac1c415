"""One server for the run, a hub of its own for each test, and two desks and an intruder at it."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.hub.server import Server, programs, started
from verify.hub import connection, making

DESKS = ("amman-desk", "beirut-desk")
INTRUDER = "intruder"


@dataclass
class Hub:
    """A hub of two desks. role: of no desk, on the same server."""

    server: Server
    database: str

    def url(self, desk: str) -> str:
        return self.server.url(self.database, desk)

    def run(self, sql: str, role: str = "postgres") -> list[tuple[object, ...]]:
        return self.server.run(self.database, sql, role)


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    if programs() is None:
        pytest.skip("no PostgreSQL server is installed: Debian's package is `postgresql`")
    # the path of a socket is short, and nobody has to get there
    folder = Path(tempfile.mkdtemp(prefix="hub-", dir="/tmp"))
    try:
        with started(folder) as one:
            for name in (*DESKS, INTRUDER):
                one.certificate(name)
            one.run("postgres", f"CREATE ROLE {INTRUDER} LOGIN")
            yield one
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def hub(server: Server) -> Hub:
    database = server.database()
    with connection.opened(server.url(database)) as opened:
        assert making.make(opened)
        for name in DESKS:
            making.invite(opened, name)
    return Hub(server, database)
