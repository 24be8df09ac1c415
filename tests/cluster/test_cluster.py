"""Imports on other computers: a real scheduler and real workers, all of them on this one."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec
import psutil
import pytest
from PIL import Image, ImageDraw

from tests.cluster.authority import keys
from tests.conftest import VERIFY_DESK, settings
from tests.photographs import encode, photograph, shrunk
from verify.desk import Desk
from verify.jobs.course import Course, carry_out
from verify.jobs.kinds.import_ import Helped, Job, Result
from verify.jobs.messages import Event, Gave, Progress, Refused, Remark, Who, order
from verify.jobs.place import Place
from verify.lab import LAB_VERSION
from verify.language import Reader, plain
from verify.records import Person, Proof, Role

READER = Reader("en", ZoneInfo("UTC"))
PATIENCE = 120.0  # seconds, on a machine with much to do
DEADLY = encode(shrunk(photograph("rocket"), 0.4))


@dataclass
class Cluster:
    """What runs: the scheduler's address, the folder that is shared, the certificates, and the
    processes, the scheduler first."""

    address: str
    root: Path
    keys: Path
    processes: list[subprocess.Popen[str]]

    def start(self, *arguments: str | Path, program: tuple[str, ...] = ()) -> subprocess.Popen[str]:
        environment = settings(
            self.root / "none",
            VERIFY_CLUSTER_KEYS=str(self.keys),
            DEADLY=sha256(DEADLY).hexdigest(),
            DASK_DISTRIBUTED__WORKER__PRELOAD="tests.cluster.deadly",
            PYTHONPATH=str(Path(__file__).parents[2]),
        )
        command = [*(program or (str(VERIFY_DESK),)), "work", *map(str, arguments)]
        process = subprocess.Popen(
            command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        self.processes.append(process)
        return process

    def serve(self) -> subprocess.Popen[str]:
        process = self.start("--serve", self.address)
        assert "listens" in said(process, "listens")
        return process

    def work(self, root: Path, program: tuple[str, ...] = ()) -> subprocess.Popen[str]:
        return self.start(self.address, "--root", root, "--cores", "1", program=program)


def said(process: subprocess.Popen[str], word: str) -> str:
    """What a process says, up to the line with a word."""
    assert process.stdout
    lines = []
    for line in process.stdout:
        lines.append(line)
        if word in line:
            break
    return "".join(lines)


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """A scheduler and two workers behind certificates of their own authority; beside them one of
    another version and one that sees another folder."""
    folder = tmp_path_factory.mktemp("cluster")
    root, other = folder / "shared", folder / "other"
    root.mkdir()
    other.mkdir()
    found = Cluster(f"tls://127.0.0.1:{free_port()}", root, keys(folder / "keys"), [])
    later = (
        "import verify.lab; verify.lab.LAB_VERSION += 1; from verify.cli import main;"
        " import sys; sys.exit(main())"
    )
    try:
        found.serve()
        started = [
            found.work(root),
            found.work(root),
            found.work(other),
            found.work(root, program=(sys.executable, "-c", later)),
        ]
        for one in started:
            assert "Joined" in said(one, "Joined")
        yield found
    finally:
        for process in found.processes:
            process.send_signal(signal.SIGINT)
        for process in found.processes:
            try:
                process.wait(30)
            except subprocess.TimeoutExpired:
                process.kill()


def pictures(folder: Path, *also: bytes) -> Path:
    """Three drawings, one of them a second time and smaller, with what else is given."""
    folder.mkdir(parents=True)
    for number in range(3):
        (folder / f"{number}.jpg").write_bytes(encode(drawn(number)))
    (folder / "smaller.jpg").write_bytes(encode(shrunk(drawn(0), 0.6)))
    (folder / "sign.txt").write_text("no picture")
    for number, content in enumerate(also):
        (folder / f"also-{number}.jpg").write_bytes(content)
    return folder


def drawn(seed: int) -> Image.Image:
    """Shapes laid over each other, like no others."""
    from random import Random

    chance = Random(seed)
    picture = Image.new("RGB", (320, 240), "white")
    brush = ImageDraw.Draw(picture)
    for _ in range(80):
        x, y = chance.randrange(320), chance.randrange(240)
        box = (x, y, x + chance.randrange(10, 60), y + chance.randrange(10, 60))
        colour = tuple(chance.randrange(256) for _ in range(3))
        (brush.rectangle if chance.random() < 0.5 else brush.ellipse)(box, fill=colour)
    return picture


def imported(
    home: Path, folder: Path, helped: Helped | None, *, stop_after: int = -1
) -> tuple[list[Result], list[str], list[Event]]:
    """Import a folder: the results, what was remarked, and every event."""
    asked = order("import", Job((Place.of(folder),), helped=helped), Who("1", "Noor", "en", "UTC"))
    results, remarks, events = [], [], []
    with Desk(home) as desk:
        for event in carry_out(desk, asked, Course(asked, beside_others=False)):
            events.append(event)
            if isinstance(event, Gave):
                results.append(msgspec.msgpack.decode(event.result, type=Result))
            elif isinstance(event, Remark | Refused):
                remarks.append(plain(event.sentence, READER))
    return results, remarks, events


def helped_by(cluster: Cluster, **other: Path) -> Helped:
    given = other.get("keys", cluster.keys)
    return Helped(cluster.address, Place.of(cluster.root), os.fsencode(given))


def told(results: list[Result]) -> list[tuple[object, ...]]:
    return [
        (Path(os.fsdecode(one.file)).name, one.status, one.sha256, one.case, one.matches,
         one.flagged, one.failed, one.archive)
        for one in results
    ]  # fmt: skip


def lies(proof: Proof | None) -> list[float] | None:
    """How one picture lies in the other, to a hundredth: what else was there when it was looked for
    has a part in it."""
    return proof and [round(one, 2) + 0.0 for one in proof.lies]


def findings(home: Path, count: int) -> list[object]:
    """All that is said of the cases of a home but for their texts, which take a busy machine too
    long to read."""
    person = Person(1, "Noor", role=Role.OWNER, at_console=True)
    with Desk(home, reading=True) as desk:
        cases = [desk.reports.case(person, number) for number in range(1, count + 1)]
        return [
            (
                sorted(repr(found) for found in one.findings if found.check != "text"),
                [(m.method, m.earlier_sha256, m.distance, lies(m.proof)) for m in one.matches],
            )
            for case in cases
            for one in case.exhibits
        ]


def test_workers_bring_in_what_one_desk_alone_would(cluster: Cluster, tmp_path: Path) -> None:
    folder = pictures(cluster.root / "same")
    home = cluster.root / "same-home"
    results, remarks, events = imported(home, folder, helped_by(cluster))
    alone, _, _ = imported(tmp_path / "alone", folder, None)
    assert told(results) == told(alone)
    assert [one.matches for one in results if one.file.endswith(b"smaller.jpg")] == [1]
    assert findings(home, 5) == findings(tmp_path / "alone", 5)
    # the two that cannot help are named, each with the reason, and get no work
    assert len(remarks) == 2
    assert any(f"lab {LAB_VERSION + 1}" in one for one in remarks)
    assert any("sees other files below its --root" in one for one in remarks)
    totals = {(one.done, one.total) for one in events if isinstance(one, Progress)}
    assert (5, 5) in totals
    again, _, _ = imported(home, folder, helped_by(cluster))
    assert {one.status for one in again} == {"repeated"}
    assert not [*(home / "working").iterdir()]  # the copy to search in is gone


def test_workers_listen_where_the_scheduler_is_reached_and_nowhere_else(cluster: Cluster) -> None:
    watching = [psutil.Process(one.pid) for one in cluster.processes]
    every = [*watching, *(child for one in watching for child in one.children(recursive=True))]
    listening = {
        line.laddr.ip
        for one in every
        for line in one.net_connections("inet")
        if line.status == psutil.CONN_LISTEN
    }
    assert listening == {"127.0.0.1"}


def test_a_home_that_workers_do_not_see_is_searched_by_the_desk(
    cluster: Cluster, tmp_path: Path
) -> None:
    folder = pictures(tmp_path / "elsewhere")  # small files, so their bytes are sent
    results, remarks, _ = imported(tmp_path / "home", folder, helped_by(cluster))
    assert [one.matches for one in results if one.file.endswith(b"smaller.jpg")] == [1]
    assert any("searches for copies itself" in one for one in remarks)
    assert any("The files do not lie below" in one for one in remarks)


def test_a_killed_worker_costs_nothing_and_a_file_that_kills_is_named(
    cluster: Cluster, tmp_path: Path
) -> None:
    folder = pictures(cluster.root / "killing", DEADLY)
    working = psutil.Process(cluster.processes[1].pid)
    ended = threading.Event()

    def kill() -> None:
        until = time.monotonic() + PATIENCE
        while not ended.is_set() and time.monotonic() < until:
            for child in working.children():
                with suppress(psutil.Error):  # it has ended by itself
                    if "spawn_main" in " ".join(child.cmdline()) and child.cpu_percent(0.2) > 5:
                        child.kill()
                        return

    killer = threading.Thread(target=kill)
    killer.start()
    try:
        home = cluster.root / "killing-home"
        results, _, _ = imported(home, folder, helped_by(cluster))
    finally:
        ended.set()
        killer.join()
    [failure] = [one for one in results if one.status == "left_out"]
    assert failure.file.endswith(b"also-0.jpg")
    assert failure.reason
    assert "Each worker that took this file ended over it" in plain(failure.reason, READER)
    assert len([one for one in results if one.status == "new"]) == 5
    with Desk(home, reading=True) as desk:
        [row] = desk.store.rows(
            "SELECT count(*) AS n, count(DISTINCT exhibit_id) AS d FROM examination"
        )
        assert (row["n"], row["d"]) == (5, 5)


def test_a_foreign_certificate_is_refused_in_a_sentence(cluster: Cluster, tmp_path: Path) -> None:
    folder = pictures(cluster.root / "foreign")
    helped = helped_by(cluster, keys=keys(tmp_path / "foreign"))
    results, [remark], _ = imported(tmp_path / "home", folder, helped)
    assert "certificate" in remark
    assert not results


def test_a_lost_scheduler_ends_an_import_that_goes_on_when_given_again(
    cluster: Cluster, tmp_path: Path
) -> None:
    folder, home = pictures(cluster.root / "lost"), cluster.root / "lost-home"
    asked = order(
        "import",
        Job((Place.of(folder),), helped=helped_by(cluster)),
        Who("1", "Noor", "en", "UTC"),
    )
    with Desk(home) as desk:
        course = carry_out(desk, asked, Course(asked, beside_others=False))
        for event in course:
            if isinstance(event, Progress) and event.done == 1:
                break
        cluster.processes[0].kill()
        cluster.processes[0].wait()
        *_, last = course
        assert isinstance(last, Refused)
        assert "give the same import again" in plain(last.sentence, READER)
    cluster.processes[0] = cluster.serve()
    cluster.processes.pop()
    assert "Joined" in said(cluster.processes[1], "Joined")  # by itself
    results, _, _ = imported(home, folder, helped_by(cluster))
    assert len(results) == 5
    with Desk(home, reading=True) as desk:
        [row] = desk.store.rows(
            "SELECT count(*) AS n, count(DISTINCT exhibit_id) AS d FROM examination"
        )
        assert (row["n"], row["d"]) == (5, 5)
        assert desk.store.rows("SELECT * FROM uncompared") == []


@pytest.mark.parametrize(
    "command",
    [
        ("work", "tcp://192.0.2.1:8786", "--serve"),
        ("work", "tcp://0.0.0.0:8786", "--serve"),
        ("import", ".", "--on", "tcp://desk.example:8786", "--root", "."),
    ],
)
def test_unencrypted_lines_stay_on_this_computer(command: tuple[str, ...], tmp_path: Path) -> None:
    done = subprocess.run(
        [VERIFY_DESK, *command], env=settings(tmp_path / "home"), capture_output=True, text=True
    )
    assert done.returncode == 2
    assert "is not encrypted" in done.stderr
    assert not (tmp_path / "home").exists()


def test_tls_without_certificates_says_what_is_missing(tmp_path: Path) -> None:
    command = [VERIFY_DESK, "work", "tls://127.0.0.1:9", "--serve"]
    done = subprocess.run(command, env=settings(tmp_path), capture_output=True, text=True)
    assert done.returncode == 2
    assert "VERIFY_CLUSTER_KEYS" in done.stderr


def test_nobody_who_listens_is_said_in_a_sentence(tmp_path: Path) -> None:
    command = [VERIFY_DESK, "work", f"tcp://127.0.0.1:{free_port()}", "--root", tmp_path]
    done = subprocess.run(command, env=settings(tmp_path), capture_output=True, text=True)
    assert done.returncode == 2
    assert "Nobody listens" in done.stderr
