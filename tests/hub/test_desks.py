"""Two desks at one hub: what leaves, what is told, and what becomes of it when the hub fails."""

from __future__ import annotations

import os
import threading
import zlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec
import psycopg
import pytest
from PIL import ImageOps

from tests.desk.test_packs import cropped
from tests.hub.conftest import DESKS, Hub
from tests.photographs import encode, photograph
from tests.remembering import furnished
from tests.submissions import arrived
from verify.config import Joining
from verify.desk import Desk
from verify.errors import BadInput, Unavailable
from verify.hub import connection, making
from verify.language import Reader, plain
from verify.records import Person, Rating, Role, Sharing
from verify.sandbox import Sandbox
from verify.store.hubs.entry import packed, unpacked
from verify.store.hubs.state import joined
from verify.store.keeping import custody
from verify.wording import hub as wording

AMMAN, BEIRUT = DESKS
READER = Reader("en", ZoneInfo("UTC"))
ASK = "the night editor, +962 6 555 0100"


@dataclass
class At:
    """A desk, and somebody who works there."""

    desk: Desk
    who: Person

    def bring(self, content: bytes, case_id: int | None = None) -> tuple[int, int]:
        receipt = self.desk.receiving.receive(self.who, arrived(), content)
        self.desk.examining.examine(self.who, receipt.exhibit_id)
        return receipt.case_id, receipt.exhibit_id

    def share(self, case_id: int) -> Sharing:
        seen = self.desk.hub.would_go(self.who, case_id)
        return self.desk.hub.share_case(self.who, case_id, seen.digest)

    def said(self, place: tuple[int, int]) -> list[str]:
        found = self.desk.reports.exhibit(self.who, *place).findings
        return [plain(one.summary, READER) for one in found if one.check == "seen_by_another_desk"]

    def news(self) -> list[str]:
        return [row["sentence"] for row in self.desk.store.rows("SELECT sentence FROM notice")]

    def trouble(self) -> str:
        told = self.desk.hub.status(self.who).trouble
        return plain(told, READER) if told else ""


Open = Callable[..., At]


@pytest.fixture
def open_desk(tmp_path: Path, sandbox: Sandbox, hub: Hub) -> Iterator[Open]:
    with ExitStack() as opened:

        def make(name: str, *, address: str | None = None, asks: bool = False) -> At:
            home = tmp_path / name
            if not home.exists():
                home.mkdir()
                home = furnished(home)
            url = hub.url(name) if address is None else address
            desk = Desk(home, sandbox=sandbox, joining=Joining(url, ASK, asks))
            opened.enter_context(desk)
            return At(desk, desk.team.admit("telegram", "7", "Noor", Role.OWNER))

        yield make


@pytest.fixture
def amman(open_desk: Open) -> At:
    return open_desk(AMMAN)


@pytest.fixture
def beirut(open_desk: Open) -> At:
    return open_desk(BEIRUT)


CHINA = encode(photograph("china"))
AGAIN = encode(ImageOps.scale(photograph("china"), 0.6), quality=60)
OTHER = encode(photograph("coffee"))


def bodies(hub: Hub) -> list[bytes]:
    return [
        bytes(row[0]) for row in hub.run("SELECT body FROM verify_hub.log WHERE body IS NOT NULL")
    ]  # type: ignore[call-overload]


def test_what_another_desk_saw_first_is_told_with_whom_to_ask_and_is_no_match(
    amman: At, beirut: At
) -> None:
    case_id, _ = amman.bring(CHINA)
    [going] = amman.share(case_id).exhibits
    amman.desk.hub.visit()
    before = beirut.bring(AGAIN)
    unrelated = beirut.bring(OTHER)
    assert beirut.said(before) == []
    for _ in range(2):
        beirut.desk.hub.visit()
    day = going.first_seen.strftime("%-d %B %Y")
    told = f"Another desk ({AMMAN}) saw this first on {day}: ask {ASK}"
    assert beirut.said(before) == [told] and beirut.said(unrelated) == []
    [news] = beirut.news()
    assert AMMAN in news and ASK in news
    after = beirut.bring(CHINA)
    assert beirut.said(after) == [told] and len(beirut.news()) == 1
    # an entry is no exhibit: no match, in no cluster, and no picture is shown of it
    assert {
        one.earlier_exhibit_id
        for one in beirut.desk.archive.matches(beirut.who, after[1], after[0])
    } == {before[1]}
    seen = beirut.desk.examining.look(beirut.who, _file(beirut, CHINA), "x.jpg", 1.0).elsewhere
    assert [one.desk for one in seen] == [AMMAN]
    # nor does a desk find itself there
    amman.desk.hub.visit()
    assert amman.said((case_id, 1)) == [] and amman.desk.hub.status(amman.who).entries == 0


def _file(at: At, content: bytes) -> Path:
    path = at.desk.incoming / "looked-for.jpg"
    path.write_bytes(content)
    return path


def test_a_crop_of_what_another_desk_shared_is_found(amman: At, beirut: At) -> None:
    amman.share(amman.bring(CHINA)[0])
    amman.desk.hub.visit()
    before = beirut.bring(cropped("china"))
    beirut.desk.hub.visit()
    [told] = beirut.said(before)
    assert AMMAN in told
    assert len(beirut.said(beirut.bring(cropped("china") + b"\0"))) == 1


def test_nothing_leaves_but_what_was_shown(hub: Hub, amman: At) -> None:
    case_id, exhibit_id = amman.bring(CHINA)
    amman.desk.cases.note(amman.who, case_id, "a secret note")
    seen = amman.desk.hub.would_go(amman.who, case_id)
    amman.desk.hub.visit()
    assert bodies(hub) == []  # shown, and not sent
    with pytest.raises(BadInput, match="changed"):
        amman.desk.hub.share_case(amman.who, case_id, "0" * 64)
    amman.share(case_id)
    amman.desk.hub.visit()
    [body] = bodies(hub)
    assert body == packed(seen.exhibits[0].entry)
    entry = unpacked(body)
    assert entry and entry == seen.exhibits[0].entry
    assert (entry.ask, entry.rating) == (ASK, None)
    assert not any(
        one.features.thumbnail or one.features.frame for one in entry.views if one.features
    )
    assert 0 < seen.exhibits[0].keypoints <= 200 * len(entry.views)
    plain_ = zlib.decompress(body)
    sha256 = amman.desk.reports.exhibit(amman.who, case_id, exhibit_id).sha256
    for secret in (b"secret", sha256.encode(), bytes.fromhex(sha256), b"Noor", b".jpg", CHINA[:64]):
        assert secret not in plain_
    assert msgspec.msgpack.decode(plain_).keys() == {"ask", "views", "rating"}
    rows = hub.run("SELECT desk, first_seen FROM verify_hub.log")
    assert rows == [(AMMAN, seen.exhibits[0].first_seen)]
    # shared again it is the same, and nothing new goes
    assert amman.share(case_id).exhibits[0].shared
    amman.desk.hub.visit()
    assert len(bodies(hub)) == 1


def test_what_was_published_goes_with_its_category(hub: Hub, amman: At, beirut: At) -> None:
    case_id, exhibit_id = amman.bring(CHINA)
    amman.share(case_id)
    amman.desk.hub.visit()
    amman.desk.verdicts.conclude(
        amman.who, case_id, exhibit_id, Rating.DECONTEXTUALISED, "An older picture"
    )
    assert amman.desk.hub.would_go(amman.who, case_id).exhibits[0].entry.rating is None
    custody.append(amman.desk.store, "exported", amman.who.id, case=case_id, profile="public")
    [going] = amman.share(case_id).exhibits
    assert going.entry.rating is Rating.DECONTEXTUALISED
    amman.desk.hub.visit()
    place = beirut.bring(CHINA)
    beirut.desk.hub.visit()
    [told] = beirut.said(place)  # in the place of what was shared before
    assert told.endswith("(published there: out of context)")


def test_confidential_and_sealed_cases_do_not_go(amman: At) -> None:
    case_id, exhibit_id = amman.bring(CHINA)
    amman.desk.casework.close_to_others(amman.who, case_id, True)
    with pytest.raises(BadInput, match="confidential"):
        amman.desk.hub.would_go(amman.who, case_id)
    amman.desk.casework.close_to_others(amman.who, case_id, False)
    row = amman.desk.store.row("SELECT id FROM submission WHERE exhibit_id = ?", (exhibit_id,))
    assert row
    amman.desk.store.insert("sealed", submission_id=row["id"], body=b"x", at="2026-05-03")
    with pytest.raises(BadInput, match="sealed"):
        amman.share(case_id)


def test_taken_back_it_is_gone_at_every_desk(hub: Hub, amman: At, beirut: At) -> None:
    case_id, _ = amman.bring(CHINA)
    amman.share(case_id)
    amman.desk.hub.visit()
    place = beirut.bring(AGAIN)
    beirut.desk.hub.visit()
    assert len(beirut.said(place)) == 1
    assert amman.desk.hub.unshare(amman.who, case_id) == 1
    assert amman.desk.hub.unshare(amman.who, case_id) == 0
    assert amman.desk.hub.status(amman.who).waiting == 1
    amman.desk.hub.visit()
    beirut.desk.hub.visit()
    assert beirut.said(place) == [] and beirut.said(beirut.bring(CHINA)) == []
    for table in ("hub_entry", "hub_view", "hub_features", "hub_hit"):
        assert beirut.desk.store.rows(f"SELECT * FROM {table}") == []
    [shared] = amman.desk.hub.status(amman.who).shared
    assert shared.sent_at and shared.gone_at and shared.by == "Noor"


def test_a_wipe_takes_back_what_was_shared(hub: Hub, amman: At, beirut: At) -> None:
    case_id, _ = amman.bring(CHINA)
    amman.share(case_id)
    amman.desk.hub.visit()
    amman.desk.wiping.wipe(amman.who, case_id)
    assert amman.desk.store.rows("SELECT body FROM hub_shared WHERE body <> x''") == []
    amman.desk.hub.visit()
    beirut.desk.hub.visit()
    assert beirut.desk.hub.status(beirut.who).entries == 0
    [shared] = amman.desk.hub.status(amman.who).shared
    assert plain(wording.shared(shared), READER).startswith("What is wiped here: shared by")


def test_the_hub_away_for_a_week_loses_nothing_and_keeps_nobody(
    hub: Hub, amman: At, beirut: At
) -> None:
    first, _ = amman.bring(CHINA)
    amman.share(first)
    hub.server.stop()
    try:
        for at in (amman, beirut):
            with pytest.raises(Unavailable):
                at.desk.hub.visit()
            assert "cannot be reached" in at.trouble()
        second, _ = amman.bring(OTHER)  # and the desk works on
        amman.share(second)
        amman.desk.hub.unshare(amman.who, first)
        assert amman.desk.hub.status(amman.who).waiting == 2
    finally:
        hub.server.start()
    for at in (amman, beirut):
        at.desk.hub.visit()
        assert at.trouble() == ""
    assert amman.desk.hub.status(amman.who).waiting == 0
    assert len(beirut.said(beirut.bring(OTHER))) == 1
    assert beirut.said(beirut.bring(CHINA)) == []


def test_a_visit_cut_short_goes_on_and_sends_nothing_twice(hub: Hub, amman: At, beirut: At) -> None:
    for name in ("china", "coffee", "cat"):
        amman.share(amman.bring(encode(photograph(name)))[0])
    # the hub had it, and its answer was lost
    amman.desk.hub.visit()
    amman.desk.store.change("UPDATE hub_shared SET sent_at = NULL")
    amman.desk.hub.visit()
    assert len(bodies(hub)) == 3
    beirut.desk.hub.visit()
    # a kill after the rows were kept and before their place was
    beirut.desk.store.change("UPDATE hub SET era = 0, xid = '0', upto = 0")
    beirut.desk.hub.visit()
    assert beirut.desk.hub.status(beirut.who).entries == 3


def test_a_restored_hub_is_followed_anew_and_gets_what_it_lost(
    hub: Hub, amman: At, beirut: At, open_desk: Open
) -> None:
    lost, _ = amman.bring(CHINA)
    amman.share(lost)
    amman.desk.hub.visit()
    beirut.share(beirut.bring(OTHER)[0])
    beirut.desk.hub.visit()
    place = beirut.bring(AGAIN)
    assert len(beirut.said(place)) == 1
    # from a copy of before, elsewhere
    hub.run("DELETE FROM verify_hub.hash")
    hub.run("DELETE FROM verify_hub.log")
    hub.run("UPDATE verify_hub.about SET place = 'elsewhere'")
    beirut.desk.hub.visit()
    assert beirut.said(place) == []
    amman.desk.hub.visit()
    beirut.desk.hub.visit()
    assert len(beirut.said(place)) == 1
    assert hub.run("SELECT count(*) FROM verify_hub.log") == [(2,)]
    # a copy of the files has the same place, but not the row that was followed to
    hub.run("DELETE FROM verify_hub.hash")
    hub.run("DELETE FROM verify_hub.log")
    for at in (amman, beirut, amman, beirut):
        at.desk.hub.visit()
    assert hub.run("SELECT count(*) FROM verify_hub.log") == [(2,)]
    assert len(beirut.said(place)) == 1


def test_another_hub_gets_nothing_that_was_meant_for_the_first(
    hub: Hub, amman: At, open_desk: Open
) -> None:
    amman.share(amman.bring(CHINA)[0])
    amman.desk.hub.visit()
    amman.desk.close()
    other = Hub(hub.server, hub.server.database())
    with connection.opened(other.url("postgres")) as one:
        making.make(one)
        making.invite(one, AMMAN)
    moved = open_desk(AMMAN, address=other.url(AMMAN))
    moved.desk.hub.visit()
    assert bodies(other) == [] and moved.desk.hub.status(moved.who).waiting == 0


def test_what_goes_wrong_at_the_hub_is_a_sentence_and_the_outbox_stays(
    hub: Hub, amman: At, open_desk: Open
) -> None:
    amman.share(amman.bring(CHINA)[0])
    hub.run("UPDATE verify_hub.about SET version = 2")
    with pytest.raises(Unavailable):
        amman.desk.hub.visit()
    assert "version 2" in amman.trouble()
    hub.run("UPDATE verify_hub.about SET version = 1")
    full = "CREATE FUNCTION verify_hub.full() RETURNS trigger LANGUAGE plpgsql AS"
    hub.run(f"{full} $$ BEGIN RAISE SQLSTATE '53100'; END $$")
    hub.run(
        "CREATE TRIGGER full_ BEFORE INSERT ON verify_hub.log EXECUTE FUNCTION verify_hub.full()"
    )
    with pytest.raises(Unavailable):
        amman.desk.hub.visit()
    assert "disk" in amman.trouble() and amman.desk.hub.status(amman.who).waiting == 1
    hub.run("DROP TRIGGER full_ ON verify_hub.log")
    hub.run("DROP SCHEMA verify_hub CASCADE")
    with pytest.raises(Unavailable):
        amman.desk.hub.visit()
    assert "no hub" in amman.trouble() or "another version" in amman.trouble()
    assert amman.desk.hub.status(amman.who).waiting == 1


def test_a_desk_serves_and_ends_while_the_hub_does_not_answer(hub: Hub, open_desk: Open) -> None:
    slow = open_desk(AMMAN)
    lock = psycopg.connect(hub.url("postgres"))
    lock.execute("LOCK TABLE verify_hub.desk")  # every call waits for it
    try:
        slow.desk.hub.begin()
        case_id, _ = slow.bring(CHINA)
        slow.share(case_id)
        ended = threading.Thread(target=slow.desk.hub.close)
        ended.start()
        ended.join(30)
        assert not ended.is_alive()
    finally:
        lock.close()


def test_what_the_hub_says_is_believed_within_bounds(hub: Hub, amman: At, beirut: At) -> None:
    amman.share(amman.bring(CHINA)[0])
    amman.desk.hub.visit()
    [body] = bodies(hub)
    entry = unpacked(body)
    assert entry
    replace = msgspec.structs.replace
    [first, *rest] = entry.views
    assert first.features
    bad = (
        b"\0" * 100,
        body[:-8],
        body + b"more",
        zlib.compress(os.urandom(100)),
        zlib.compress(b"\0" * (1 << 22)),  # a bomb
        packed(replace(entry, ask="two\nlines")),
        packed(replace(entry, ask="")),
        packed(replace(entry, ask="\u202e turned around")),
        packed(replace(entry, views=())),
        packed(replace(entry, views=(replace(first, pdq=b"short"), *rest))),
        packed(replace(entry, views=(first, first))),
        packed(
            replace(entry, views=(replace(first, features=replace(first.features, frame=b"x")),))
        ),
    )
    for one in bad:
        assert unpacked(one) is None
        hub.run(
            "SELECT verify_hub.share(gen_random_uuid(), now(), decode('"
            + one.hex()
            + "', 'hex'), '{}')",
            AMMAN,
        )
    beirut.desk.hub.visit()
    assert beirut.desk.hub.status(beirut.who).entries == 1


def test_a_desk_that_keeps_nothing_asks_by_hashes_and_not_for_what_is_confidential(
    hub: Hub, amman: At, open_desk: Open
) -> None:
    case_id, _ = amman.bring(CHINA)
    amman.share(case_id)
    amman.share(amman.bring(OTHER)[0])
    amman.desk.hub.visit()
    asking = open_desk(BEIRUT, asks=True)
    asking.desk.hub.visit()
    assert asking.desk.hub.status(asking.who).entries == 0
    hidden = asking.bring(encode(photograph("coffee"), quality=70))
    asking.desk.casework.close_to_others(asking.who, hidden[0], True)
    place = asking.bring(encode(ImageOps.mirror(photograph("china")), quality=70))
    asking.desk.hub.visit()
    assert len(asking.said(place)) == 1 and asking.said(hidden) == []
    status = asking.desk.hub.status(asking.who)
    assert (status.entries, status.asks) == (1, True)
    amman.desk.hub.unshare(amman.who, case_id)
    amman.desk.hub.visit()
    asking.desk.hub.visit()
    assert asking.said(place) == []


def test_a_large_index_is_saved_and_what_went_is_not_in_it(
    hub: Hub, amman: At, beirut: At, open_desk: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("verify.matching.mapped_index._IN_MEMORY", 1)
    cases = [amman.bring(encode(photograph(name)))[0] for name in ("china", "coffee", "cat")]
    for case_id in cases:
        amman.share(case_id)
    amman.desk.hub.visit()
    place = beirut.bring(AGAIN)
    beirut.desk.hub.visit()
    assert len(beirut.said(place)) == 1
    home = Path(beirut.desk.incoming).parent.parent
    [saved] = home.glob("hub-*.index")
    size = saved.stat().st_size
    amman.desk.hub.unshare(amman.who, cases[0])
    amman.desk.hub.visit()
    beirut.desk.hub.visit()
    [anew] = home.glob("hub-*.index")
    assert anew != saved and anew.stat().st_size < size
    beirut.desk.close()
    again = open_desk(BEIRUT)
    assert again.said(place) == [] and len(again.said(again.bring(OTHER))) == 1


def test_where_the_desk_stands_at_the_hub_is_kept_over_a_restart(
    hub: Hub, beirut: At, open_desk: Open
) -> None:
    beirut.desk.hub.visit()
    was = joined(beirut.desk.store)
    assert was.desk == BEIRUT
    beirut.desk.close()
    assert joined(open_desk(BEIRUT).desk.store) == was
