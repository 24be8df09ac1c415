"""Unpublished work shared with a chosen desk: what goes, what stays, and who learns whom to ask."""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec
import pyrage
import pytest

from tests.conftest import Run
from tests.desk.test_packs import WORD, bring, cropped
from tests.photographs import encode, photograph
from verify.desk import Desk
from verify.desk.packs import Added
from verify.errors import BadInput
from verify.language import Reader, plain
from verify.records import Person, Role
from verify.store.keeping import age, custody, signing
from verify.store.packs import file
from verify.wording.wipes import remains

READER = Reader("en", ZoneInfo("UTC"))
ASK = "Ines, +34 600 000 000 on Signal"


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the keys of two desks: one signs, the other opens."""
    made = tmp_path_factory.mktemp("keys")
    signing.make(made / "signer", WORD)
    (made / "recipient").write_text(age.make_identity(made / "opener", WORD))
    age.make_identity(made / "another", WORD)
    (made / "word").write_text(WORD)
    return made


@pytest.fixture
def share(verify_desk: Run, keys: Path, tmp_path: Path) -> Callable[..., Path]:
    """Shares cases of the home's desk, and gives the file."""

    def make(name: str, *more: object) -> Path:
        target = tmp_path / f"{name}.pack"
        done = verify_desk(
            *("pack", "share", "--to", (keys / "recipient").read_text(), "--ask", ASK),
            *("-o", target, "--sign", keys / "signer", "--passphrase", keys / "word"),
            *("--publisher", "Desk of Ines", *more),
        )
        said.append(done.stdout + done.stderr)
        status.append(done.returncode)
        return target

    said: list[str] = []
    status: list[int] = []
    make.said, make.status = said, status  # type: ignore[attr-defined]
    return make


@pytest.fixture
def partner(tmp_path: Path) -> Iterator[tuple[Desk, Person]]:
    with Desk(tmp_path / "partner") as desk:
        yield desk, desk.team.at_console("partner", "Partner", "en")


def added(keys: Path, partner: tuple[Desk, Person], path: Path) -> Added:
    desk, person = partner
    secret = age.read_identity(keys / "opener", WORD)
    *_, last = desk.packs.add(person, path, path.name, secret)
    assert isinstance(last, Added)
    return last


def findings(partner: tuple[Desk, Person], content: bytes) -> list[tuple[str, str]]:
    desk, person = partner
    case = bring(desk, person, content)
    return [
        (one.check, plain(one.summary, READER))
        for one in desk.reports.exhibit(person, *case).findings
        if one.check.endswith("_elsewhere")
    ]


def test_a_partner_learns_whom_to_ask_and_nothing_else_leaves(
    share: Callable[..., Path],
    verify_desk: Run,
    keys: Path,
    partner: tuple[Desk, Person],
    tmp_path: Path,
) -> None:
    picture = tmp_path / "Secret name of a file.jpg"
    picture.write_bytes(encode(photograph("china")))
    assert verify_desk("import", picture, "--caption", "a flood in Utopia").returncode == 0
    refused = share("without")
    assert share.status[-1] == 2  # type: ignore[attr-defined]
    pack = share("shared", "--case", 1)
    assert share.status[-1] == 2 and not pack.exists()  # type: ignore[attr-defined]
    assert "keypoints of 1 file, of 1" in share.said[-1]  # type: ignore[attr-defined]
    assert ASK in share.said[-1] and "--yes" in share.said[-1]  # type: ignore[attr-defined]
    share("shared", "--case", 1, "--yes")
    assert not refused.exists() and pack.read_bytes().startswith(b"age-encryption.org/v1")
    plain_file = tmp_path / "plain"
    age.decrypt_to(pack, plain_file, age.read_identity(keys / "opener", WORD))
    with file.opened(plain_file, "plain") as opened:
        [(entry, _)] = opened.entries()
        assert opened.header.unpublished
    told = msgspec.to_builtins(entry, builtin_types=(bytes,))
    assert told.keys() == {"ask", "views"}
    assert (
        not told["views"][0]["features"]["thumbnail"] and not told["views"][0]["features"]["frame"]
    )
    assert len(told["views"][0]["features"]["descriptors"]) <= 32 * 200
    listed = [
        json.loads(line) for line in verify_desk("pack", "list", "--json").stdout.splitlines()
    ]
    assert [(one["given"], one["cases"], one["entries"]) for one in listed] == [(1, [1], 1)]
    assert listed[0]["recipients"] == [(keys / "recipient").read_text()]
    assert verify_desk("audit").returncode == 0

    added(keys, partner, pack)
    assert findings(partner, cropped("china")) == [
        ("looked_at_elsewhere", f"Desk of Ines looked at this (not published); ask {ASK}")
    ]
    assert findings(partner, encode(photograph("coffee"))) == []
    assert partner[0].packs.every(partner[1])[0].unpublished


def test_what_is_shared_opens_with_the_right_key_alone(
    share: Callable[..., Path], verify_desk: Run, keys: Path, tmp_path: Path
) -> None:
    picture = tmp_path / "china.jpg"
    picture.write_bytes(encode(photograph("china")))
    verify_desk("import", picture)
    pack = share("shared", "--case", 1, "--yes")
    word = ("--passphrase", keys / "word")
    for name, arguments, why in (
        ("no key", (pack,), "is encrypted"),
        ("another", (pack, "--key", keys / "another", *word), "another key"),
        ("no key file", (pack, "--key", keys / "word", *word), "does not open"),
    ):
        done = verify_desk("pack", "add", *arguments)
        assert done.returncode == 2 and why in done.stderr, name
    for name, content in (
        ("cut", pack.read_bytes()[:-40]),
        ("no pack", pyrage.encrypt(b"hello", [recipient(keys)])),
        ("changed", pack.read_bytes()[:-1] + b"\0"),
    ):
        bad = tmp_path / "bad.pack"
        bad.write_bytes(content)
        done = verify_desk("pack", "add", bad, "--key", keys / "opener", *word)
        assert done.returncode == 2 and "Traceback" not in done.stderr, name
    assert verify_desk("pack", "list", "--json").stdout.count("\n") == 1
    assert verify_desk("pack", "add", pack, "--key", keys / "opener", *word).returncode == 0
    assert "Not published" in verify_desk("pack", "list").stdout


def recipient(keys: Path) -> pyrage.x25519.Recipient:
    return pyrage.x25519.Recipient.from_str((keys / "recipient").read_text())


def test_confidential_and_sealed_cases_are_refused_by_name(
    desk: Desk, noor: Person, tmp_path: Path
) -> None:
    owner = msgspec.structs.replace(noor, role=Role.OWNER)
    first, _ = bring(desk, owner, encode(photograph("china")))
    second, _ = bring(desk, owner, encode(photograph("coffee")))
    assert [one.case for one in desk.pack_sharing.going(owner, [first, second])] == [first, second]
    desk.casework.close_to_others(owner, first, True)
    with pytest.raises(BadInput) as refused:
        desk.pack_sharing.going(owner, [second, first])
    assert plain(refused.value.sentence, READER).startswith(f"Case {first} is confidential")
    desk.sealing.add_key(owner, "", age.make_identity(tmp_path / "key", WORD))
    desk.resealing.seal(owner, second)
    with pytest.raises(BadInput) as refused:
        desk.pack_sharing.going(owner, [second])
    assert f"Case {second} holds what came from a sealed source" in plain(
        refused.value.sentence, READER
    )


def test_a_shared_entry_with_a_frame_or_a_verdict_is_refused(
    share: Callable[..., Path],
    verify_desk: Run,
    keys: Path,
    partner: tuple[Desk, Person],
    tmp_path: Path,
) -> None:
    picture = tmp_path / "china.jpg"
    picture.write_bytes(encode(photograph("china")))
    verify_desk("import", picture)
    pack, bare = share("shared", "--case", 1, "--yes"), tmp_path / "bare"
    age.decrypt_to(pack, bare, age.read_identity(keys / "opener", WORD))
    with file.opened(bare, "bare") as opened:
        [(entry, _)] = opened.entries()
        header = opened.header
    told = msgspec.to_builtins(entry, builtin_types=(bytes,))
    seed = signing.read(keys / "signer", WORD)
    for name, changed in (
        ("a frame", {"views": [framed(told["views"][0])]}),
        ("a verdict", {"rating": "satire"}),
        ("nobody to ask", {"ask": ""}),
        ("two lines", {"ask": "a\nb"}),
    ):
        block = zlib.compress(msgspec.msgpack.encode({**told, **changed}))
        made = tmp_path / f"{name}.pack"
        file.write(made, seed, header, [block])
        with pytest.raises(BadInput) as refused:
            [*partner[0].packs.add(partner[1], made, made.name)]
        assert "holds what no pack may hold" in plain(refused.value.sentence, READER), name
    assert partner[0].packs.every(partner[1]) == []


def framed(view: dict[str, object]) -> dict[str, object]:
    assert isinstance(view["features"], dict)
    return {
        **view,
        "features": {**view["features"], "thumbnail": b"\x08\x08" + zlib.compress(bytes(64))},
    }


def test_the_key_of_the_desk_is_made_and_told(verify_desk: Run, keys: Path, tmp_path: Path) -> None:
    assert verify_desk("pack", "key").returncode == 2
    made = verify_desk("pack", "key", tmp_path / "own", "--passphrase", keys / "word", "--json")
    public = json.loads(made.stdout)["public"]
    assert public.startswith("age1")
    assert public in verify_desk("pack", "key").stdout
    assert (
        str(pyrage.x25519.Identity.from_str(age.read_identity(tmp_path / "own", WORD)).to_public())
        == public
    )


def test_a_wipe_names_the_packs_that_left_and_writes_what_takes_them_back(
    share: Callable[..., Path],
    verify_desk: Run,
    keys: Path,
    partner: tuple[Desk, Person],
    home: Path,
    tmp_path: Path,
) -> None:
    for name in ("china", "coffee"):
        (tmp_path / f"{name}.jpg").write_bytes(encode(photograph(name)))
        verify_desk("import", tmp_path / f"{name}.jpg")
    added(keys, partner, share("shared", "--case", 1, "--case", 2, "--yes"))
    assert len(findings(partner, cropped("china"))) == 1
    asked = verify_desk("wipe", 1)
    assert asked.returncode == 2 and "in pack 1, “shared”" in asked.stderr
    assert not (home / "withdrawals").exists()
    wiped = json.loads(verify_desk("wipe", 1, "--yes", "--json").stdout)
    [pack] = wiped["packs"]
    assert (pack["number"], pack["case"]) == (1, 1)
    assert any(pack["file"] in line for line in wiped["remains"])
    assert json.loads(verify_desk("pack", "list", "--json").stdout)["taken_back"] == [1]
    assert verify_desk("audit").returncode == 0

    again = cropped("china")
    desk, person = partner
    before = desk.packs.every(person)[0]
    [index] = desk._home.folder.glob("pack-*")
    size = index.stat().st_size
    gone = added(keys, partner, Path(pack["file"]))
    assert [one.entries for one in gone.lessened] == [1] and before.entries == 2
    assert index.stat().st_size < size  # nothing of it is left there either
    assert len(desk.packs.every(person)) == 1
    assert findings(partner, again[:-2] + b"\xff\xd9") == []
    assert len(findings(partner, encode(photograph("coffee")))) == 1
    # it stays taken back, whatever is handed on again
    desk.packs.remove(person, before.number)
    assert added(keys, partner, tmp_path / "shared.pack").pack.entries == 1


def test_bags_and_reports_that_left_are_named_by_a_wipe(desk: Desk, noor: Person) -> None:
    case, _ = bring(desk, noor, encode(photograph("china")))
    with desk.store.transaction():
        for kind, subject in (
            ("exported", {"case": case, "profile": "partner", "record": "0" * 64}),
            ("exported", {"case": case}),
            ("export failed", {"case": case}),
            ("reported", {"case": case, "profile": "public"}),
        ):
            custody.append(desk.store, kind, noor.id, **subject)
    wiped = desk.wiping.wipe(noor, case)
    assert wiped.exports == 2
    told = [plain(one, READER) for one in remains(wiped)]
    assert sum("A bag of" in one and "partner" in one for one in told) == 1
    assert sum("A report of" in one and "public" in one for one in told) == 1
    assert not any("An export of" in one for one in told)
