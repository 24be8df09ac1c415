"""Every number of a case leads one way: past merges, never to what is wiped, locked or hidden."""

from __future__ import annotations

import hashlib
import inspect
import itertools
import json
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.photographs import encode, photograph, shrunk
from tests.submissions import arrived
from verify.config import Joining
from verify.desk import Desk
from verify.desk.hub import Hub
from verify.errors import BadInput, NotAllowed, NotFound, Unavailable, VerifyError
from verify.records import (
    Addition,
    Box,
    CampaignFilter,
    ConsentEvent,
    MadeReport,
    Person,
    Priority,
    Rating,
    Reply,
    Role,
    Sensitive,
    VerdictState,
)
from verify.records import Use as Permission
from verify.sandbox import Sandbox
from verify.store.casework import sharing

_count = itertools.count(1)
_DUE = datetime(2026, 12, 1, tzinfo=UTC)


@dataclass
class Scene:
    """A desk with two owners and a reporter, and a case whose number is tried."""

    desk: Desk
    olga: Person
    ole: Person
    rosa: Person
    pair: tuple[int, int]  # two exhibits that match
    folder: Path
    case: int = 0
    other: int = 0
    exhibit: int = 0
    claim: int = 0
    note: int = 0
    verdict: int = 0

    def bring(self) -> tuple[int, int]:
        """A case with one file; gives it and the exhibit."""
        receipt = self.desk.receiving.receive(self.olga, arrived(), f"file {next(_count)}".encode())
        return receipt.case_id, receipt.exhibit_id

    def open(self, use: str) -> None:
        """A new case to try a number on, with what the use needs."""
        self.case, self.exhibit = self.bring()
        self.other, _ = self.bring()
        self.claim = self.desk.claims.state(self.olga, self.case, "A bridge in 2008").id
        self.note = self.desk.cases.note(self.olga, self.case, "a note").id
        self.verdict = self.desk.verdicts.conclude(
            self.rosa, self.case, self.exhibit, Rating.STAGED, "why"
        ).id
        if use == "judge":
            where = self.desk.store.row(
                "SELECT case_id FROM submission WHERE exhibit_id = ?", (self.pair[1],)
            )
            assert where
            sharing.move_exhibit(self.desk.store, self.pair[1], where["case_id"], self.case)

    def conclude(self) -> None:
        """Somebody confirms the verdict, which locks the case."""
        self.desk.verdicts.decide(self.olga, self.verdict, VerdictState.CONFIRMED)


Use = Callable[[Scene, Person, int], object]

CHANGES: dict[str, Use] = {
    "receive": lambda s, p, n: _received(s, p, n),
    "add": lambda s, p, n: s.desk.sources.add(p, n, Addition.ACCOUNT, [f"noor{next(_count)}"]),
    "take_back": lambda s, p, n: _taken_back(s, p, n),
    "note": lambda s, p, n: s.desk.cases.note(p, n, "late words"),
    "undo_note": lambda s, p, n: s.desk.cases.undo_note(p, s.note),
    "answer": lambda s, p, n: s.desk.cases.answer(p, n, "uploader", Reply.COULD_NOT_TELL),
    "state": lambda s, p, n: s.desk.claims.state(p, n, "A dam in 2010", exhibit_id=s.exhibit),
    "correct": lambda s, p, n: s.desk.claims.correct(p, n, s.claim, claimed_at="2009"),
    "judge": lambda s, p, n: s.desk.judging.judge(p, n, 1, same=True),
    "conclude": lambda s, p, n: s.desk.verdicts.conclude(p, n, s.exhibit, Rating.SATIRE, "why"),
    "decide": lambda s, p, n: s.desk.verdicts.decide(p, s.verdict, VerdictState.RETURNED, "who?"),
    "assign": lambda s, p, n: s.desk.casework.assign(p, n, p.id),
    "due": lambda s, p, n: s.desk.casework.due(p, n, _DUE),
    "prioritise": lambda s, p, n: s.desk.casework.prioritise(p, n, Priority.HIGH),
    "tag": lambda s, p, n: s.desk.casework.tag(p, n, "flood"),
    "close_to_others": lambda s, p, n: s.desk.casework.close_to_others(p, n, True),
    "let_in": lambda s, p, n: s.desk.casework.let_in(p, n, s.rosa.id),
    "merge into": lambda s, p, n: s.desk.casework.merge(p, s.other, n),
    "move": lambda s, p, n: s.desk.casework.move(p, s.exhibit, n, None),
    "move into": lambda s, p, n: s.desk.casework.move(p, _of(s, s.other), s.other, n),
    "relate": lambda s, p, n: s.desk.casework.relate(p, n, s.other),
}
READS: dict[str, Use] = {
    "standing": lambda s, p, n: s.desk.reports.standing(p, n),
    "of_case": lambda s, p, n: s.desk.keeping.of_case(p, n),
    "place": lambda s, p, n: s.desk.reports.place(p, n, exhibit_id=s.exhibit),
    "case": lambda s, p, n: s.desk.reports.case(p, n),
    "exhibit": lambda s, p, n: s.desk.reports.exhibit(p, n, s.exhibit),
    "latest": lambda s, p, n: s.desk.claims.latest(p, n, s.claim),
    "export": lambda s, p, n: s.desk.exporting.export(p, n, s.folder / f"{next(_count)}.zip", {}),
    "bag": lambda s, p, n: _bagged(s, p, n),
    "preview": lambda s, p, n: _shown(s, p, n),
    "strip": lambda s, p, n: _strip(s, p, n),
    "frame": lambda s, p, n: _frame(s, p, n),
    "clip": lambda s, p, n: _seen(s.desk.films.clip, s, p, n, 0),
    "sound": lambda s, p, n: _seen(s.desk.films.sound, s, p, n, 0),
    "alone": lambda s, p, n: _seen(s.desk.pictures.alone, s, p, n),
    "cover": lambda s, p, n: s.desk.marking.cover(p, n, s.exhibit),
    "sources": lambda s, p, n: s.desk.sealing.sources(p, n),
    "handed_out": lambda s, p, n: _handed_out(s, p, n),
    "watch": lambda s, p, n: s.desk.casework.watch(p, n),
    "watches": lambda s, p, n: s.desk.casework.watches(p, n),
    "mergeable": lambda s, p, n: s.desk.casework.mergeable(p, s.other, n),
    "relate with": lambda s, p, n: s.desk.casework.relate(p, s.other, n),
    "unrelate": lambda s, p, n: _unlinked(s, p, n),
    "for_others": lambda s, p, n: s.desk.reports.for_others(p, n),
    "ledger": lambda s, p, n: s.desk.ledgers.ledger(p, n),
    "appearances": lambda s, p, n: s.desk.posts.appearances(p, n, s.exhibit),
    "trails": lambda s, p, n: s.desk.campaigns.trails(p, n),
    "told of a case": lambda s, p, n: s.desk.campaigns.told(p, CampaignFilter(case_id=n)),
    "gathered": lambda s, p, n: s.desk.reporting.gathered(p, n),
    "made": lambda s, p, n: s.desk.reporting.made(p, n),
    "would_go": lambda s, p, n: _hub(s).would_go(p, n),
    "known": lambda s, p, n: s.desk.reporting.known(p, n, b"a page"),
    "going_with": lambda s, p, n: s.desk.wiping.going_with(p, n),
}
ALWAYS: dict[str, Use] = {  # of a concluded case as well
    "given": lambda s, p, n: _given(s, p, n),
    "mark": lambda s, p, n: s.desk.marking.mark(p, n, s.exhibit, Sensitive.GRAPHIC),
    "refuse": lambda s, p, n: s.desk.marking.refuse(p, n, s.exhibit, Sensitive.CHILD),
    "take_off": lambda s, p, n: _unmarked(s, p, n),
    "keep_case": lambda s, p, n: s.desk.keeping.keep_case(p, n, _DUE.date()),
    "hold_case": lambda s, p, n: s.desk.keeping.hold_case(p, n, held=True),
    "record": lambda s, p, n: s.desk.consenting.record(
        p, n, ConsentEvent.ASKED, Permission.CHECKING
    ),
    "state contradiction": lambda s, p, n: s.desk.ledgers.state(p, n, "3 or 30", "counted"),
    "mark emblem": lambda s, p, n: _marked(s, p, n),
    "withdraw": lambda s, p, n: _withdrawn(s, p, n),
    "share_case": lambda s, p, n: _hub(s).share_case(p, n, hashlib.sha256().hexdigest()),
    "unshare": lambda s, p, n: _hub(s).unshare(p, n),
}
EXACT: dict[str, Use] = {
    "merge": lambda s, p, n: s.desk.casework.merge(p, n, s.other),
    "wipe": lambda s, p, n: s.desk.wiping.wipe(p, n),
}
CONCLUDED: dict[str, Use] = {"reopen": lambda s, p, n: s.desk.verdicts.reopen(p, n, "a doubt")}
NAMED_BY_ROW = ("undo_note", "decide")
ALL = CHANGES | READS | ALWAYS | EXACT | CONCLUDED


def _hub(scene: Scene) -> Hub:
    """Joined to a hub that nobody visits."""
    scene.desk.hub._joining = Joining("postgresql://desk@localhost/hub", "the night editor")
    return scene.desk.hub


def _of(scene: Scene, case_id: int) -> int:
    return scene.desk.reports.case(scene.olga, case_id).exhibits[0].exhibit_id


def _shown(scene: Scene, person: Person, number: int) -> None:
    with suppress(Unavailable):  # the case was found; its file is no picture
        scene.desk.pictures.preview(person, number, scene.exhibit, 0)


def _strip(scene: Scene, person: Person, number: int) -> None:
    with suppress(Unavailable):  # the case was found; its file is no film
        scene.desk.films.strip(person, number, scene.exhibit)


def _frame(scene: Scene, person: Person, number: int) -> None:
    with suppress(Unavailable):
        scene.desk.films.frame(person, number, scene.exhibit, 0)


def _seen(show: Callable[..., object], scene: Scene, person: Person, *numbers: int) -> None:
    case_id, *others = numbers
    with suppress(Unavailable):
        show(person, case_id, scene.exhibit, *others)


def _handed_out(scene: Scene, person: Person, number: int) -> None:
    scene.desk.bagging.handed_out(
        person,
        number,
        lambda packed: {},
        limit=10**6,
        profile="public",
        shown=scene.desk.reports.case(scene.olga, scene.other),
        with_originals=False,
        with_copies=False,
        with_custody=False,
    )


def _bagged(scene: Scene, person: Person, number: int) -> None:
    scene.desk.bagging.bag(
        person,
        number,
        scene.folder / f"{next(_count)}.zip",
        lambda packed: {},
        profile="public",
        shown=scene.desk.reports.case(scene.olga, scene.other),
        with_originals=False,
        with_copies=False,
        with_custody=False,
    )


def _given(scene: Scene, person: Person, number: int) -> None:
    digest = f"{next(_count):064x}"
    made = MadeReport(
        id=0, case_id=number, version=0, profile="public", language="en", format="html",
        head="0" * 64, sha256=digest, by="", at=_DUE,
    )  # fmt: skip
    scene.desk.reporting.noted(person, made)
    scene.desk.reporting.given(person, number, "The Daily")


def _unmarked(scene: Scene, person: Person, number: int) -> None:
    scene.desk.marking.mark(person, number, scene.exhibit, Sensitive.CAPTIVE)
    scene.desk.marking.take_off(person, number, scene.exhibit, Sensitive.CAPTIVE)


def _marked(scene: Scene, person: Person, number: int) -> None:
    """A file that is no picture bears no emblem; that is told to who may see the case."""
    box = Box(left=0.1, top=0.1, right=0.5, bottom=0.5)
    with suppress(Unavailable):
        scene.desk.emblems.mark(person, number, scene.exhibit, box, "a seal")


def _withdrawn(scene: Scene, person: Person, number: int) -> None:
    """With an entry that an owner wrote where they may."""
    try:
        [*_, stated] = scene.desk.ledgers.state(person, number, "3 or 30", "counted")
    except VerifyError:
        scene.desk.ledgers.withdraw(person, number, 1, "a misreading")
        raise
    scene.desk.ledgers.withdraw(person, number, stated.id, "a misreading")


def _taken_back(scene: Scene, person: Person, number: int) -> None:
    scene.desk.sources.add(person, number, Addition.ACCOUNT, ["noor"])
    scene.desk.sources.take_back(person, number, Addition.ACCOUNT, ["noor"])


def _received(scene: Scene, person: Person, number: int) -> None:
    fresh = next(_count)
    message = arrived(message_id=100_000 + fresh)
    scene.desk.receiving.receive(person, message, f"file {fresh}".encode(), number)


def _unlinked(scene: Scene, person: Person, number: int) -> None:
    with suppress(NotFound):  # a wiped case has no links
        linked = scene.desk.reports.standing(scene.olga, scene.case)
        sharing.add_to(scene.desk.store, "related", scene.other, other_id=linked)
    scene.desk.casework.unrelate(person, scene.other, number)


@pytest.fixture(scope="module")
def desk(sandbox: Sandbox, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with Desk(tmp_path_factory.mktemp("cases") / "home", sandbox=sandbox) as desk:
        yield desk


@pytest.fixture(scope="module")
def people(desk: Desk) -> tuple[Person, Person, Person, tuple[int, int]]:
    olga, ole = (desk.team.admit("telegram", n, n, Role.OWNER) for n in ("1", "2"))
    rosa = desk.team.admit("telegram", "3", "Rosa", Role.REPORTER)
    exhibits = []
    for picture in (photograph("china"), shrunk(photograph("china"))):
        receipt = desk.receiving.receive(olga, arrived(), encode(picture))
        desk.examining.examine(olga, receipt.exhibit_id)
        exhibits.append(receipt.exhibit_id)
    return olga, ole, rosa, (exhibits[0], exhibits[1])


@pytest.fixture
def scene(
    desk: Desk,
    people: tuple[Person, Person, Person, tuple[int, int]],
    tmp_path: Path,
    request: pytest.FixtureRequest,
) -> Scene:
    scene = Scene(desk, *people, tmp_path)
    tried = getattr(request.node, "callspec", None)
    scene.open(tried.params.get("use", "") if tried else "")
    return scene


def each(*uses: dict[str, Use]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("use", [name for some in uses for name in some])


_TABLES = ("submission", "sighting", "claim", "note", "answer", "verdict", "tag", "related")


def _held(desk: Desk, case_id: int) -> dict[str, int]:
    """How much a case holds, by table."""
    counts = {}
    for table in _TABLES:
        row = desk.store.row(f"SELECT count(*) AS n FROM {table} WHERE case_id = ?", (case_id,))
        assert row
        counts[table] = row["n"]
    return {table: count for table, count in counts.items() if count}


@each(CHANGES, READS, ALWAYS)
def test_the_number_of_a_merged_case_leads_to_what_stands_for_it(scene: Scene, use: str) -> None:
    into, _ = scene.bring()
    assert scene.desk.casework.merge(scene.olga, scene.case, into) == into
    left = _held(scene.desk, scene.case)
    events = len(scene.desk.store.rows("SELECT id FROM custody_event"))
    ALL[use](scene, scene.olga, scene.case)
    assert _held(scene.desk, scene.case) == left
    row = scene.desk.store.row('SELECT * FROM "case" WHERE id = ?', (scene.case,))
    assert row and (row["assignee_id"], row["due_at"], row["confidential"]) == (None, None, 0)
    added = scene.desk.store.rows("SELECT * FROM custody_event WHERE id > ?", (events,))
    named = {
        value
        for event in added
        for name, value in json.loads(event["subject"]).items()
        if name in ("case", "into", "other")
    }
    assert scene.case not in named
    assert not added or into in named
    assert use not in CHANGES or added


def refused(
    scene: Scene, uses: dict[str, Use], person: Person, number: int, *kinds: type[VerifyError]
) -> None:
    """Every use refuses that number, and nothing was changed."""
    events = "SELECT count(*) FROM custody_event"
    before = scene.desk.store.rows(events)[0][0]
    for name, use in uses.items():
        with pytest.raises(kinds):
            use(scene, person, number)
        assert scene.desk.store.rows(events)[0][0] == before, name


def test_a_merged_case_is_neither_merged_nor_wiped_by_its_old_number(scene: Scene) -> None:
    into, _ = scene.bring()
    scene.desk.casework.merge(scene.olga, scene.case, into)
    refused(scene, EXACT, scene.olga, scene.case, BadInput)


def test_no_number_leads_into_a_case_that_is_not_theirs(scene: Scene) -> None:
    scene.desk.casework.close_to_others(scene.olga, scene.case, True)
    refused(scene, ALL, scene.ole, scene.case, NotFound, NotAllowed)


def test_no_number_leads_into_a_wiped_case(scene: Scene) -> None:
    scene.desk.store.change("UPDATE \"case\" SET wiped_at = 'now' WHERE id = ?", (scene.case,))
    refused(scene, ALL, scene.olga, scene.case, NotFound)


@pytest.mark.parametrize("number", [0, -1, 2**63, 10**30])
def test_a_number_that_no_case_can_have_is_none(scene: Scene, number: int) -> None:
    by_case = {name: use for name, use in ALL.items() if name not in NAMED_BY_ROW}
    refused(scene, by_case, scene.olga, number, NotFound)


@each(CHANGES, {"merge": EXACT["merge"]})
def test_what_begins_while_somebody_concludes_does_not_reach_the_locked_case(
    scene: Scene, use: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    transaction = scene.desk.store.transaction
    meanwhile = [scene.conclude]

    def late() -> AbstractContextManager[None]:
        """The other person's change is committed just before this one begins to write."""
        for act in meanwhile[:]:
            meanwhile.clear()
            act()
        return transaction()

    monkeypatch.setattr(scene.desk.store, "transaction", late)
    with pytest.raises(VerifyError):
        ALL[use](scene, scene.olga, scene.case)
    last = scene.desk.store.row("SELECT kind FROM custody_event ORDER BY id DESC")
    assert last and last["kind"] == "confirmed"


def test_every_use_of_a_number_is_tried_here(desk: Desk) -> None:
    ours = "verify.desk."  # what is public is the interface: see test_parts
    parts = [
        one
        for name, one in vars(desk).items()
        # the archive is asked by what has found the case
        if type(one).__module__.startswith(ours) and not name.startswith("_") and name != "archive"
    ]
    found = {
        name
        for part in parts
        for name, value in inspect.getmembers(part, inspect.ismethod)
        if not name.startswith("_") and "case_id" in inspect.signature(value).parameters
    }
    # taking over is for cases that are closed to an owner: see test_confidence; deriving needs a
    # picture with a film behind it, a copy one that was examined: see test_deriving, test_copying
    made = {"derive", "origin", "keep", "squares", "sheet", "copy", "file"}
    assert found <= {name.partition(" ")[0] for name in ALL} | {"take_over"} | made


def test_the_database_itself_refuses_a_second_merge(scene_of_three: tuple[Desk, list[int]]) -> None:
    desk, (first, second, third) = scene_of_three
    for case_id, into in ((second, first), (first, second), (third, second), (third, third)):
        with pytest.raises(Exception, match="not merged again"):
            sharing.change(desk.store, case_id, "merged_into", into)


@pytest.fixture
def scene_of_three(desk: Desk, people: tuple[Person, ...]) -> tuple[Desk, list[int]]:
    """Three cases, the second of which is part of the first."""
    numbers = [
        desk.receiving.receive(people[0], arrived(), bytes([n, 255])).case_id for n in range(3)
    ]
    for number in numbers[1:]:
        assert number != numbers[0]
    sharing.change(desk.store, numbers[1], "merged_into", numbers[0])
    return desk, numbers


def test_a_circle_of_merges_is_refused_in_a_sentence(
    desk: Desk, people: tuple[Person, ...]
) -> None:
    olga = people[0]
    first, second = (
        desk.receiving.receive(olga, arrived(), bytes([n, 254])).case_id for n in range(2)
    )
    desk.casework.merge(olga, second, first)
    with pytest.raises(BadInput, match="part of case"):
        desk.casework.merge(olga, first, second)
    with pytest.raises(BadInput, match="part of case"):
        desk.casework.merge(olga, second, first)
    assert {desk.reports.case(olga, number).id for number in (first, second)} == {first}
