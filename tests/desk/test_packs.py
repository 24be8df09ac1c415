"""Packs of others' checks: built, added, found by crops, told once, and nothing of a bad one."""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec
import pytest
from PIL import Image

from tests.conftest import Run
from tests.photographs import encode, photograph
from tests.submissions import arrived
from verify.desk import Desk
from verify.desk.packs import Added
from verify.errors import BadInput
from verify.language import Reader, plain
from verify.records import PackedView, PackEntry, PackHeader, Person, Rating
from verify.store.keeping import signing
from verify.store.packs import file
from verify.wording.glance import glance

READER = Reader("en", ZoneInfo("UTC"))
LINK = "https://facts.example/17"
WORD = "correct horse battery"


@pytest.fixture(scope="module")
def key(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("keys") / "publisher.key"
    signing.make(made, WORD)
    (made.parent / "word").write_text(WORD)
    return made


@pytest.fixture
def build(verify_desk: Run, key: Path, tmp_path: Path) -> Callable[..., Path]:
    """Builds a pack of photographs and gives its file."""

    def make(name: str, rows: list[str], *more: object, status: int = 0) -> Path:
        folder = tmp_path / "published"
        folder.mkdir(exist_ok=True)
        for one in ("china", "coffee"):
            (folder / f"{one}.jpg").write_bytes(encode(photograph(one)))
        (folder / "notes.txt").write_text("no picture")
        table = tmp_path / f"{name}.csv"
        table.write_text("\n".join(["File,Rating,Date,URL,Claim", *rows]), encoding="utf-8-sig")
        target = tmp_path / f"{name}.pack"
        done = verify_desk(
            *("pack", "build", folder, "--csv", table, "-o", target, "--sign", key),
            *("--passphrase", key.parent / "word", "--publisher", "Example Facts", *more),
        )
        assert done.returncode == status, done.stderr
        printed.append(done.stdout + done.stderr)
        return target

    printed: list[str] = []
    make.printed = printed  # type: ignore[attr-defined]
    return make


def row(name: str) -> str:
    return f"{name}.jpg,out of context,2026-05-03,{LINK},a flood in Utopia"


def cropped(name: str) -> bytes:
    """Half of a photograph's width and height, smaller."""
    picture = photograph(name)
    w, h = picture.size
    part = picture.crop((w // 4, h // 4, w * 3 // 4, h * 3 // 4))
    return encode(part.resize((part.width * 3 // 4, part.height * 3 // 4)), quality=70)


def bring(desk: Desk, person: Person, content: bytes) -> tuple[int, int]:
    receipt = desk.receiving.receive(person, arrived(), content)
    desk.examining.examine(person, receipt.exhibit_id)
    return receipt.case_id, receipt.exhibit_id


def said(desk: Desk, person: Person, place: tuple[int, int]) -> list[str]:
    found = desk.reports.exhibit(person, *place).findings
    return [plain(one.summary, READER) for one in found if one.check.endswith("_elsewhere")]


def put(desk: Desk, person: Person, path: Path) -> Added:
    *_, added = desk.packs.add(person, path, path.name)
    assert isinstance(added, Added)
    return added


def news(desk: Desk) -> list[str]:
    rows = desk.store.rows("SELECT sentence FROM notice ORDER BY id")
    return [row["sentence"] for row in rows]


def test_a_pack_is_built_from_a_table_and_lines_that_fail_are_named(
    build: Callable[..., Path], verify_desk: Run, tmp_path: Path
) -> None:
    rows = [
        row("china"),
        "gone.jpg,satire,2026-05-03," + LINK,
        "notes.txt,satire,2026-05-03," + LINK,
        "../china.csv,satire,2026-05-03," + LINK,
        "coffee.jpg,false,2026-05-03," + LINK,
        "coffee.jpg,satire,yesterday," + LINK,
        "coffee.jpg,satire,2026-05-03,javascript:alert(1)",
    ]
    pack = build("checks", rows, status=1)
    told = build.printed[-1]  # type: ignore[attr-defined]
    for number in range(3, 9):
        assert f"Line {number} (" in told
    assert "has 1 entry" in told
    assert pack.stat().st_size < 10_000
    with file.opened(pack, "checks") as opened:
        [(entry, _)] = opened.entries()
    assert (entry.rating, entry.by, entry.claim) == (
        Rating.DECONTEXTUALISED,
        "Example Facts",
        "a flood in Utopia",
    )
    whole = entry.views[0]
    assert whole.features and len(whole.features.points) <= 6 * 200 and not whole.features.frame
    build("none", rows[1:2], status=2)
    assert not (tmp_path / "none.pack").exists()


def test_a_crop_of_what_others_checked_says_so_and_is_no_match_of_the_desk(
    build: Callable[..., Path], verify_desk: Run, home: Path, tmp_path: Path
) -> None:
    pack = build("checks", [row("china")])
    crop = tmp_path / "crop.jpg"
    crop.write_bytes(cropped("china"))
    other = tmp_path / "other.jpg"
    other.write_bytes(encode(photograph("coffee")))
    assert "There are no packs" in verify_desk("pack", "list").stdout
    added = verify_desk("pack", "add", pack).stdout
    with file.opened(pack, "checks") as opened:
        assert opened.key in added
    found = verify_desk("match", crop, other, "--json")
    told, unknown = map(json.loads, found.stdout.splitlines())
    assert told["matches"] == [] and unknown["checked_elsewhere"] == []
    [one] = told["checked_elsewhere"]
    assert (one["rating"], one["media_review"]) == ("decontextualised", "DecontextualizedContent")
    assert (one["by"], one["on"], one["link"]) == ("Example Facts", "2026-05-03", LINK)
    assert one["method"] == "local-features"
    said = verify_desk("match", crop).stdout
    assert f"Checked by Example Facts on 3 May 2026: out of context, see {LINK}" in said
    assert "has not seen the picture" not in said
    listed = json.loads(verify_desk("pack", "list", "--json").stdout)
    assert (listed["entries"], listed["publisher"]) == (1, "Example Facts")
    assert json.loads(verify_desk("pack", "remove", "1", "--json").stdout)["removed"]
    assert "has not seen the picture" in verify_desk("match", crop).stdout
    assert not list(home.glob("pack-*"))
    assert verify_desk("pack", "remove", "1").returncode == 2
    assert verify_desk("audit").returncode == 0


def test_what_was_here_is_told_of_once_and_what_comes_says_it_at_once(
    build: Callable[..., Path], desk: Desk, noor: Person
) -> None:
    before = bring(desk, noor, cropped("china"))
    unrelated = bring(desk, noor, encode(photograph("coffee")))
    first = put(desk, noor, build("checks", [row("china")]))
    assert first.first and first.pack.entries == 1
    for _ in range(2):
        assert not [*desk.packs.look_through()][1:]
    desk.examining.examine(noor, before[1])
    assert said(desk, noor, before) == [
        f"Checked by Example Facts on 3 May 2026: out of context, see {LINK}"
    ]
    assert said(desk, noor, unrelated) == []
    assert len(news(desk)) == 1 and LINK in news(desk)[0]
    after = bring(desk, noor, encode(photograph("china").rotate(90, expand=True)))
    assert len(said(desk, noor, after)) == 1
    assert len(news(desk)) == 1
    report = desk.reports.case(noor, after[0])
    shown = glance(report, report.exhibits[0])
    assert LINK in " ".join(plain(one, READER) for one in shown.noted)
    # an entry is no exhibit: it is in no index of the desk's own, nor in what is handed out
    assert {one.earlier_exhibit_id for one in desk.archive.matches(noor, after[1], after[0])} == {
        before[1]
    }
    second = put(desk, noor, build("more", [row("coffee")], "--withdraws", "checks.pack"))
    assert [one.number for one in second.replaced] == [first.pack.number] and not second.first
    [*desk.packs.look_through()]
    desk.examining.examine(noor, before[1])
    desk.examining.examine(noor, unrelated[1])
    assert said(desk, noor, before) == [] and len(said(desk, noor, unrelated)) == 1
    with pytest.raises(BadInput, match="withdrew"):
        put(desk, noor, Path("checks.pack"))
    # what expires counts no more, but stays listed
    desk.store.change("UPDATE pack SET expires_at = '2026-01-01T00:00:00.000000Z'")
    assert said(desk, noor, after) == []
    assert desk.packs.look_up(desk.packs._kept(unrelated[1])) == ()
    assert len(desk.packs.every(noor)) == 1


@pytest.mark.parametrize("damaged", [False, True])
def test_a_lost_or_damaged_index_is_made_again(
    build: Callable[..., Path], desk: Desk, noor: Person, damaged: bool
) -> None:
    put(desk, noor, build("checks", [row("china")]))
    [index] = desk._home.folder.glob("pack-*")
    index.unlink()
    if damaged:
        index.write_bytes(bytes(1000))
    assert len(said(desk, noor, bring(desk, noor, cropped("china")))) == 1
    assert [*desk._home.folder.glob("pack-*")] == [index]


def test_bad_packs_are_refused_and_leave_nothing(
    build: Callable[..., Path], desk: Desk, noor: Person, key: Path, tmp_path: Path
) -> None:
    good = build("checks", [row("china")]).read_bytes()
    seed = signing.read(key, WORD)
    now = datetime.now(UTC)
    header = PackHeader("checks", "Example Facts", now, now + timedelta(days=9))
    with file.opened(tmp_path / "checks.pack", "checks") as opened:
        [(entry, _)] = opened.entries()
    [view, *_] = entry.views
    assert view.features
    many = msgspec.structs.replace(view.features, points=bytes(6 * 300), descriptors=bytes(9600))

    def signed(*blocks: bytes, head: PackHeader = header) -> bytes:
        target = tmp_path / "made.pack"
        target.unlink(missing_ok=True)
        file.write(target, seed, head, blocks)
        return target.read_bytes()

    def raw(value: object) -> bytes:
        return zlib.compress(msgspec.msgpack.encode(value))

    def changed(**values: object) -> bytes:
        return raw({**msgspec.structs.asdict(entry), **values})

    expired = msgspec.structs.replace(
        header, made_at=now - timedelta(days=9), expires_at=now - timedelta(days=1)
    )
    bad = {
        "no pack": [b"", b"PK\x03\x04", good[:60], encode(Image.new("RGB", (9, 9)))],
        "signature": [
            good[:-1],
            good + b"\0",
            good[:200] + b"\0" + good[201:],
            bytes(8) + good[8:],
        ][:3],
        "holds what no pack may hold": [
            signed(b"no zlib"),
            signed(zlib.compress(bytes(1 << 24))),
            signed(raw({"rating": "satire"})),
            signed(changed(link="file:///etc/passwd")),
            signed(changed(link="https://a@evil.example/")),
            signed(changed(by="a\x1b[2Jb")),
            signed(changed(by="x" * 1000)),
            signed(changed(rating="true")),
            signed(changed(on="0001-01-01")),
            signed(changed(on="2099-01-01")),
            signed(changed(views=())),
            signed(changed(views=(msgspec.structs.replace(view, pdq=b"short"),))),
            signed(changed(views=(msgspec.structs.replace(view, features=many),))),
            signed(changed(views=(view, view))),
            signed(changed(more=1)),
            signed(raw(entry), raw(entry)[:-4]),
            signed(raw(entry) + b"behind"),
        ],
        "expired": [signed(raw(entry), head=expired)],
    }
    for why, several in bad.items():
        for content in several:
            path = tmp_path / "bad.pack"
            path.write_bytes(content)
            with pytest.raises(BadInput) as refused:
                put(desk, noor, path)
            assert why in plain(refused.value.sentence, READER)
    for table in ("pack", "pack_entry", "pack_view", "pack_features"):
        assert desk.store.row(f"SELECT 1 FROM {table}") is None, table
    assert not list(desk._home.folder.glob("pack-*"))
    put(desk, noor, tmp_path / "checks.pack")
    other = tmp_path / "other.key"
    signing.make(other, WORD)
    path = tmp_path / "forged.pack"
    for name in (header.publisher, "EXAMPLE  FACTS", "\N{CYRILLIC CAPITAL LETTER IE}xample Facts"):
        path.unlink(missing_ok=True)
        forged = msgspec.structs.replace(header, publisher=name)
        file.write(path, signing.read(other, WORD), forged, [file.block(entry)])
        with pytest.raises(BadInput) as refused:
            put(desk, noor, path)
        assert "another key signed it" in plain(refused.value.sentence, READER)
    assert desk.packs.every(noor)[0].entries == 1


def test_an_entry_holds_plain_data_alone() -> None:
    entry = PackEntry(Rating.SATIRE, "A", date(2026, 5, 3), LINK, (PackedView(pdq=bytes(32)),))
    packed = msgspec.msgpack.decode(zlib.decompress(file.block(entry)))
    assert packed["link"] == LINK and packed["views"][0]["pdq"] == bytes(32)
