"""What the hub promises, asked of a real server by desks and by an intruder."""

from __future__ import annotations

import os
import random
import threading
import time
import uuid
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import psycopg
import pytest

from tests.hub.conftest import DESKS, INTRUDER, Hub
from tests.hub.server import Server
from verify.errors import BadInput, Unavailable
from verify.hub import log
from verify.hub.connection import opened
from verify.hub.log import Followed, Place
from verify.hub.making import invite, make
from verify.language import Reader, plain

AMMAN, BEIRUT = DESKS
READER = Reader("en", ZoneInfo("UTC"))
SEEN = datetime(2026, 5, 3, tzinfo=UTC)
FUNCTIONS = (
    "greet(0)",
    "share(gen_random_uuid(), now(), 'x', '{}')",
    "withdraw(gen_random_uuid())",
    "follow(0, '0', 0, false, 10)",
    "behind(0, '0', 0)",
    "near('{}')",
    "tidy()",
    "unblock()",
)


def share(hub: Hub, desk: str, body: bytes = b"entry", *hashes: bytes) -> str:
    key = str(uuid.uuid4())
    with opened(hub.url(desk)) as one:
        log.share(one, key, SEEN, body, hashes)
    return key


def follow(hub: Hub, desk: str, place: Place = Place(), most: int = 200) -> list[Followed]:  # noqa: B008
    with opened(hub.url(desk)) as one:
        return log.follow(one, place, withdrawals_alone=False, most=most)


def test_a_hub_is_made_once_and_twice_is_harmless(server: Server) -> None:
    database = server.database()
    with opened(server.url(database)) as one:
        assert make(one) and not make(one)
        epochs = server.run(database, "SELECT epoch FROM verify_hub.about")
        assert (
            not make(one) and server.run(database, "SELECT epoch FROM verify_hub.about") == epochs
        )
        invite(one, AMMAN)
        invite(one, AMMAN)
        for bad in ("Amman", "", "a", "a b", "ا", "x" * 41, "-a", 'a"b'):
            with pytest.raises(BadInput):
                invite(one, bad)
        with pytest.raises(BadInput, match="no desk"):
            invite(one, "postgres")
        server.run(database, "UPDATE verify_hub.about SET version = 99")
        with pytest.raises(BadInput, match="version"):
            make(one)


def test_a_database_of_others_is_left_alone(server: Server) -> None:
    database = server.database()
    server.run(database, "CREATE TABLE theirs (id int)")
    with opened(server.url(database)) as one:
        with pytest.raises(BadInput, match="other tables"):
            make(one)
        with pytest.raises(BadInput, match="no hub"):
            invite(one, AMMAN)
    assert not server.run(database, "SELECT 1 FROM pg_namespace WHERE nspname = 'verify_hub'")


def test_what_one_desk_shares_another_follows_and_its_own_comes_back_without_a_body(
    hub: Hub,
) -> None:
    key = share(hub, AMMAN)
    [there] = follow(hub, BEIRUT)
    assert (there.desk, there.key, there.body, there.first_seen) == (AMMAN, key, b"entry", SEEN)
    assert abs(there.at - datetime.now(UTC)) < timedelta(minutes=5)
    [own] = follow(hub, AMMAN)
    assert own.body is None
    assert follow(hub, BEIRUT, there.place) == []


def test_shared_twice_under_one_key_it_stands_there_once(hub: Hub) -> None:
    key = str(uuid.uuid4())
    with opened(hub.url(AMMAN)) as one:
        for _ in range(2):
            log.share(one, key, SEEN, b"entry", [os.urandom(32)])
    assert len(follow(hub, BEIRUT)) == 1
    assert hub.run("SELECT count(*) FROM verify_hub.hash") == [(1,)]


def test_a_withdrawal_is_a_row_of_its_own_and_a_night_later_the_hub_has_forgotten_it(
    hub: Hub,
) -> None:
    pdq = os.urandom(32)
    key = share(hub, AMMAN, b"entry", pdq)
    [before] = follow(hub, BEIRUT)
    with opened(hub.url(AMMAN)) as one:
        for _ in range(2):
            log.withdraw(one, key)
        log.withdraw(one, str(uuid.uuid4()))
    [after] = follow(hub, BEIRUT, before.place)
    assert after.withdrawal and (after.desk, after.key) == (AMMAN, key)
    assert [one.body for one in follow(hub, BEIRUT)] == [None, None]
    with opened(hub.url(BEIRUT)) as one:
        assert log.near(one, [pdq]) == []
        log.tidy(one)
        assert hub.run("SELECT count(body) FROM verify_hub.log") == [(1,)]
        hub.run("UPDATE verify_hub.about SET tidied_at = now() - interval '1 day'")
        log.tidy(one)
    assert hub.run("SELECT count(body), count(first_seen) FROM verify_hub.log") == [(0, 0)]
    assert hub.run("SELECT count(*) FROM verify_hub.hash") == [(0,)]


def test_a_desk_takes_back_its_own_alone_and_writes_under_no_other_name(hub: Hub) -> None:
    key = share(hub, AMMAN)
    with opened(hub.url(BEIRUT)) as one:
        log.withdraw(one, key)
        log.share(one, key, SEEN, b"theirs", [])  # the same key is another's
        one.execute("SET ROLE verify_hub_desk")
        log.share(one, str(uuid.uuid4()), SEEN, b"still theirs", [])
        with pytest.raises(Unavailable), opened(hub.url(BEIRUT)) as other:
            other.execute(f'SET SESSION AUTHORIZATION "{AMMAN}"')
    rows = hub.run("SELECT desk, body, withdraws FROM verify_hub.log ORDER BY id")
    assert rows == [
        (AMMAN, b"entry", None),
        (BEIRUT, b"theirs", None),
        (BEIRUT, b"still theirs", None),
    ]


def test_when_it_was_first_seen_cannot_lie_in_the_future(hub: Hub) -> None:
    with opened(hub.url(AMMAN)) as one:
        log.share(one, str(uuid.uuid4()), datetime(2090, 1, 1, tzinfo=UTC), b"entry", [])
        for body, hashes in ((b"", []), (b"x" * 1_048_577, []), (b"x", [b"short"])):
            with pytest.raises(Unavailable), opened(hub.url(AMMAN)) as other:
                log.share(other, str(uuid.uuid4()), SEEN, body, hashes)
    [there] = follow(hub, BEIRUT)
    assert there.first_seen and there.first_seen <= datetime.now(UTC) + timedelta(minutes=5)


@pytest.mark.parametrize("role", [AMMAN, INTRUDER])
def test_neither_a_desk_nor_an_intruder_gets_at_a_table(hub: Hub, role: str) -> None:
    share(hub, BEIRUT, b"entry", os.urandom(32))
    hub.run(f"GRANT CONNECT ON DATABASE {hub.database} TO {INTRUDER}")
    tables = ("about", "desk", "log", "hash")
    for statement in (
        *(f"SELECT * FROM verify_hub.{one}" for one in tables),
        *(f"EXPLAIN SELECT * FROM verify_hub.{one}" for one in tables),
        *(f"DELETE FROM verify_hub.{one}" for one in tables),
        *(f"COPY verify_hub.{one} TO STDOUT" for one in tables),
        "INSERT INTO verify_hub.log (id, era, desk, key) OVERRIDING SYSTEM VALUE"
        f" VALUES (1, 1, '{AMMAN}', gen_random_uuid())",
        "UPDATE verify_hub.log SET first_seen = '1990-01-01'",
        "SELECT verify_hub.place()",
        "SELECT verify_hub.probes(1, 22, 2)",
        "SELECT nextval('verify_hub.log_id_seq')",
        "CREATE TABLE public.mine (id int)",
        "CREATE TEMP TABLE mine (id int)",
        "CREATE FUNCTION verify_hub.now() RETURNS timestamptz LANGUAGE sql AS 'SELECT now()'",
        "SELECT lo_from_bytea(0, decode(repeat('00', 9), 'hex'))",
        "SELECT lo_create(0)",
        "CREATE ROLE another LOGIN",
        "ALTER ROLE verify_hub_desk LOGIN",
    ):
        with pytest.raises(psycopg.Error) as refused:
            hub.run(statement, role)
        assert refused.value.sqlstate in ("42501", "0A000"), statement
    assert (
        hub.run("SELECT most_common_vals FROM pg_stats WHERE schemaname = 'verify_hub'", role) == []
    )


def test_who_is_not_invited_gets_at_no_function_nor_into_the_database(hub: Hub) -> None:
    with pytest.raises(psycopg.OperationalError, match="permission denied"):
        hub.run("SELECT 1", INTRUDER)
    hub.run(f"GRANT CONNECT ON DATABASE {hub.database} TO {INTRUDER}")
    other = Hub(hub.server, hub.server.database())
    with opened(other.url("postgres")) as one:
        make(one)
    for call in FUNCTIONS:
        for there, role in ((hub, INTRUDER), (other, AMMAN)):  # invited to another hub
            with pytest.raises(psycopg.Error) as refused:
                there.run(f"SELECT verify_hub.{call}", role)
            assert refused.value.sqlstate == "42501", call
    with pytest.raises(Unavailable) as told, opened(other.url(AMMAN)) as one:
        log.greet(one, Place())
    assert "does not know this desk" in plain(told.value.sentence, READER)


def test_nothing_is_passed_by_while_others_write(hub: Hub) -> None:
    """A row of a transaction that began early and ends late comes in its place."""
    with psycopg.connect(hub.url(AMMAN)) as slow:
        slow.execute("SELECT verify_hub.share(gen_random_uuid(), now(), 'early', '{}')")
        share(hub, AMMAN, b"late")
        assert follow(hub, BEIRUT) == []
        with opened(hub.url(BEIRUT)) as one:
            ahead = log.behind(one, Place())
        assert (ahead.entries, ahead.held_back) == (1, 1) and ahead.since
    assert [one.body for one in follow(hub, BEIRUT)] == [b"early", b"late"]


def test_many_desks_write_and_follow_at_once_and_none_misses_or_doubles_a_row(hub: Hub) -> None:
    wrote, read, writing = set[str](), dict[int, list[str]](), threading.Event()

    def write(number: int) -> None:
        with opened(hub.url(DESKS[number % 2])) as one:
            for turn in range(25):
                key = str(uuid.uuid4())
                with one.transaction():
                    log.share(one, key, SEEN, b"entry", [])
                    if turn % 5 == 0:
                        one.execute("SELECT pg_sleep(%s)", (random.random() / 50,))
                wrote.add(key)

    def listen(number: int) -> None:
        place, found = Place(), list[str]()
        with opened(hub.url(DESKS[number % 2])) as one:
            while True:
                last = writing.is_set()
                rows = log.follow(one, place, withdrawals_alone=False, most=7)
                found += [row.key for row in rows]
                place = rows[-1].place if rows else place
                if last and not rows:
                    break
        read[number] = found

    writers = [threading.Thread(target=write, args=(n,)) for n in range(4)]
    listeners = [threading.Thread(target=listen, args=(n,)) for n in range(4)]
    for one in writers + listeners:
        one.start()
    for one in writers:
        one.join(60)
    writing.set()
    for one in listeners:
        one.join(60)
    assert len(wrote) == 100
    for found in read.values():
        assert sorted(found) == sorted(wrote)


def test_an_idle_writer_is_ended_and_a_desk_that_will_not_be_is_put_out(hub: Hub) -> None:
    [(limit,)] = hub.run("SHOW idle_in_transaction_session_timeout", AMMAN)
    assert limit == "1min"
    with psycopg.connect(hub.url(AMMAN)) as idle:
        idle.execute("SET idle_in_transaction_session_timeout = 0")
        idle.execute("SELECT verify_hub.share(gen_random_uuid(), now(), 'idle', '{}')")
        share(hub, AMMAN, b"waits")
        sooner = hub.run("SELECT pg_get_functiondef('verify_hub.unblock()'::regprocedure)")[0][0]
        hub.run(str(sooner).replace("2 minutes", "0 minutes"))
        with opened(hub.url(BEIRUT)) as one:
            log.unblock(one)
            for _ in range(300):  # it ends when it is told so, and not before
                if found := [*log.follow(one, Place(), withdrawals_alone=False)]:
                    break
                time.sleep(0.1)
            assert [row.body for row in found] == [b"waits"]
        with pytest.raises(psycopg.OperationalError):
            idle.execute("SELECT 1")


def test_a_restored_hub_says_so_and_goes_on(hub: Hub) -> None:
    share(hub, AMMAN)
    [there] = follow(hub, BEIRUT)
    with opened(hub.url(BEIRUT)) as one:
        before = log.greet(one, there.place)
        assert before.known and not log.greet(one, Place(1, "9", 99)).known
        # as a dump brings it into another place, with numbers of transactions yet to come
        hub.run("UPDATE verify_hub.about SET place = 'elsewhere'")
        hub.run("UPDATE verify_hub.log SET xid = '99999999'")
        after = log.greet(one, there.place)
        assert after.epoch != before.epoch and log.greet(one, there.place) == after
    share(hub, AMMAN, b"later")
    assert [one.body for one in follow(hub, BEIRUT)] == [b"entry", b"later"]


def test_the_search_of_the_hub_is_exact(hub: Hub) -> None:
    """Against brute force, at every distance around 31, for what others shared alone."""
    rng = random.Random(5)
    asked = rng.randbytes(32)
    near: dict[str, int] = {}
    for distance in [*range(20, 40)] * 3:
        bits = int.from_bytes(asked)
        for bit in rng.sample(range(256), distance):
            bits ^= 1 << bit
        near[share(hub, AMMAN, b"entry", bits.to_bytes(32))] = distance
    share(hub, BEIRUT, b"entry", asked)
    with opened(hub.url(BEIRUT)) as one:
        others = [rng.randbytes(32) for _ in range(7)]
        found = log.near(one, [*others, asked])
        assert {row.key for row in found} == {k for k, distance in near.items() if distance <= 31}
        assert {row.body for row in found} == {b"entry"}
        withdrawn = next(iter(near))
    with opened(hub.url(AMMAN)) as one:
        log.withdraw(one, withdrawn)
        assert [row for row in log.near(one, [asked]) if row.desk == AMMAN] == []
    # as the function asks, and with the settings that it has
    with psycopg.connect(hub.url("postgres"), autocommit=True) as one:
        one.execute("SET enable_seqscan = off")
        one.execute("SET enable_indexscan = off")
        plan = one.execute(
            "EXPLAIN SELECT entry FROM verify_hub.hash"
            " WHERE (substring(hash FROM 1 FOR 22))::int4 = ANY ('{1,2}')"
            " OR (substring(hash FROM 237 FOR 20))::int4 = ANY ('{3}')"
        ).fetchall()
    assert "BitmapOr" in str(plan)


def test_a_desk_logs_in_by_its_certificate_and_by_no_other(hub: Hub) -> None:
    server, database = hub.server, hub.database
    with opened(server.by_tls(database, AMMAN)) as one:
        assert log.greet(one, Place()).desk == AMMAN and one.pgconn.ssl_in_use
    stolen = server.by_tls(database, AMMAN).replace(f"{AMMAN}.crt", f"{BEIRUT}.crt")
    stolen = stolen.replace(f"{AMMAN}.key", f"{BEIRUT}.key")
    unknown = server.by_tls(database, AMMAN).replace("ca.crt", f"{AMMAN}.crt")
    bare = f"postgresql://{AMMAN}@127.0.0.1:{server.port}/{database}?sslmode=disable"
    for address, words in ((stolen, "let this desk in"), (unknown, "certificate"), (bare, "let")):
        with pytest.raises(Unavailable) as told, opened(address):
            pass
        assert words in plain(told.value.sentence, READER)
    with opened(server.url(database)) as one:
        known = invite(one, "cairo-desk")
        assert known.by_certificate and not known.password
        server.run("postgres", "ALTER SYSTEM SET ssl_ca_file = ''")
        server.run("postgres", "SELECT pg_reload_conf()")
    try:
        with opened(server.url(database)) as one:
            first, again = invite(one, "cairo-desk"), invite(one, "cairo-desk")
            assert first.password and again.password != first.password
        [(kept,)] = hub.run("SELECT rolpassword FROM pg_authid WHERE rolname = 'cairo-desk'")
        assert str(kept).startswith("SCRAM-SHA-256$")
    finally:
        server.run("postgres", f"ALTER SYSTEM SET ssl_ca_file = '{server.folder}/ca.crt'")
        server.run("postgres", "SELECT pg_reload_conf()")


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://desk@hub.example/hub?sslmode=require",
        "postgresql://desk@hub.example/hub?sslmode=disable",
        "postgresql://desk@localhost/hub?hostaddr=192.0.2.1&sslmode=prefer",
        "postgresql://desk@localhost,hub.example/hub?sslmode=allow",
        "postgresql:///hub",
        "postgresql://desk:a-secret@/hub",
        "postgresql://desk@hub.example/hub?service=other",
        "postgresql://desk:a-secret@hub.example/hub?nonsense=a-secret",
        "postgresql://desk@hub.example/hub?options=-csearch_path%3Devil",
    ],
)
def test_nothing_is_said_beyond_this_computer_without_tls(address: str) -> None:
    with pytest.raises(BadInput) as refused, opened(address):
        pass
    assert "VERIFY_HUB" in plain(refused.value.sentence, READER)
    assert "a-secret" not in plain(refused.value.sentence, READER)
    assert "a-secret" not in str(refused.value.__cause__)


def test_what_fails_is_a_sentence(hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    def told(address: str, do: Callable[[psycopg.Connection], object]) -> str:
        with pytest.raises(Unavailable) as error, opened(address) as one:
            do(one)
        return plain(error.value.sentence, READER)

    def raises(code: str) -> Callable[[psycopg.Connection], object]:
        return lambda one: one.execute(f"DO $$ BEGIN RAISE SQLSTATE '{code}'; END $$")  # type: ignore[call-overload]

    desk = hub.url(AMMAN)
    assert "disk" in told(desk, raises("53100"))
    assert "too long" in told(desk, raises("57014"))
    assert "only be read" in told(desk, raises("25006"))
    assert "refused" in told(desk, raises("XX000"))
    assert "no such database" in told(desk.replace(hub.database, "nowhere"), raises("XX000"))
    assert "no hub" in told(hub.server.url("postgres"), lambda one: log.greet(one, Place()))
    assert "cannot be reached" in told("postgresql://desk@127.0.0.1:1/hub", raises("XX000"))
    with pytest.raises(Unavailable), opened(desk, seconds=0.3) as one:
        one.execute("SELECT pg_sleep(30)")  # a server that never answers
