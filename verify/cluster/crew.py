"""The workers that a scheduler knows, as the desk that hands them work sees them."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar
from uuid import uuid4

from verify.cluster import Versions, demand_extra
from verify.cluster.belief import check_compared, check_described
from verify.cluster.lines import knock, parted, security, unreached
from verify.cluster.said import (
    Answered,
    Asked,
    AskedToIntroduce,
    answered,
    introduced,
    packed,
)
from verify.desk.handed import Compared, Described, Handed, ToCompare, ToDescribe
from verify.desk.spreading import CrewLostError, FailedElsewhereError, NotSeenError
from verify.distrust import ImplausibleError
from verify.errors import BadInput, Unavailable, VerifyError
from verify.records import Sentence, listed, say

if TYPE_CHECKING:
    from distributed import Client, Future

A = TypeVar("A", Described, Compared)
_WINDOW = 3  # files on their way for each worker
_LOOK_SECONDS = 2.0  # between two looks at who is there
_FIRST_SECONDS = 15.0  # in which a first worker has to be there
_EMPTY_SECONDS = 60.0  # in which one has to come back where all are gone
_CONNECT_SECONDS = 10.0
_ALONE_SECONDS = 60.0  # in which what else is under way ends


@contextmanager
def joined(
    address: str,
    root: Path,
    keys: Path | None,
    probe: Path | None,
    told: Callable[[Sentence], None],
) -> Iterator[Crew]:
    """The workers at an address. root: the folder that they share with this computer. probe: a
    file below it, by which it is seen that they do. told: is told what people should know.

    Raises BadInput, Unavailable.
    """
    parted(address)
    demand_extra()
    from verify.cluster.settings import settle

    settle()
    from distributed import Client

    guarded = security(address, keys)
    knock(address)
    try:
        client = Client(
            address,
            security=guarded,
            timeout=_CONNECT_SECONDS,
            set_as_default=False,
            serializers=["dask", "msgpack", "pickle"],
            deserializers=["dask", "msgpack"],  # nothing that comes back is unpickled
            direct_to_workers=False,
        )
    except (OSError, TimeoutError, ValueError, RuntimeError) as error:
        raise unreached(address, error) from error
    try:
        yield Crew(client, address, root, probe, told)
    finally:
        with suppress(Exception):
            client.close(timeout=2)


@dataclass(frozen=True)
class _Piece:
    """What was handed out. by: to whom alone, by their addresses; to anybody where there are
    none."""

    asked: ToDescribe | ToCompare
    future: Future[bytes]
    by: frozenset[str]


class Crew:
    """Whoever works for this desk. Used from one thread."""

    def __init__(
        self,
        client: Client,
        address: str,
        root: Path,
        probe: Path | None,
        told: Callable[[Sentence], None],
    ) -> None:
        """Wait until somebody is there, and check who that is. Raises Unavailable, BadInput."""
        self._client = client
        self._address = address
        self._root = root.resolve()
        self._told = told
        self._versions = Versions.here()
        self._refused: dict[str, Sentence] = {}  # by a worker's address, why it gets no work
        self._others: set[str] = set()  # versions that were told of
        self._there: set[str] = set()
        self._looked_at = 0.0
        self._empty_since: float | None = None
        self._meet(probe)

    @property
    def ahead(self) -> int:
        self._look()
        return _WINDOW * max(1, len(self._there))

    @property
    def count(self) -> int:
        """How many work."""
        return len(self._there)

    def seen_at(self, path: Path) -> bytes:
        place = path.resolve()
        return os.fsencode(place.relative_to(self._root)) if self._is_below(place) else b""

    def describe(self, asked: ToDescribe) -> Callable[[], Described]:
        return self._begun(asked, Described)

    def compare(self, asked: ToCompare) -> Callable[[], Compared]:
        return self._begun(asked, Compared)

    def _is_below(self, place: Path) -> bool:
        return place.is_relative_to(self._root)

    # --- one piece of work ----------------------------------------------------------------------

    def _begun(self, asked: ToDescribe | ToCompare, kind: type[A]) -> Callable[[], A]:
        piece = self._submit(asked)

        def finish() -> A:
            body = self._awaited(piece)
            for _ in range(1 + len(self._there)):
                if body is None:  # whoever worked on it died, twice
                    body = self._by_itself(asked)
                answer = answered(body)
                if not answer.trouble:
                    return self._believed(answer, kind)
                self._refuse(answer, asked.file)
                body = self._awaited(self._submit(asked))
            raise NotSeenError(say("No worker could read this file."))

        return finish

    def _submit(self, asked: ToDescribe | ToCompare) -> _Piece:
        from verify.cluster.tasks import work

        by = frozenset[str]()
        if self._refused:
            self._look(at_once=True)
            by = frozenset(self._there)
        try:
            future = self._client.submit(
                work,
                packed(Asked(self._versions, asked)),
                key=f"look-{uuid4().hex}",  # the scheduler logs it: no name of a file
                pure=False,
                resources={str(self._versions): 1},
                workers=sorted(by) or None,
            )
            return _Piece(asked, future, by)
        except Exception as error:
            raise self._lost() from error

    def _awaited(self, piece: _Piece) -> object | None:
        """What came; None where two workers died of it. Raises CrewLostError."""
        from distributed import KilledWorker

        try:
            while True:
                try:
                    return piece.future.result(timeout=_LOOK_SECONDS)
                except TimeoutError:
                    self._look(at_once=True)
                    if piece.by and self._there and not piece.by & self._there:
                        piece = self._submit(piece.asked)  # those whom it was for are gone
        except KilledWorker:
            return None
        except VerifyError:
            raise
        except (CancelledError, Exception) as error:
            raise self._lost() from error
        finally:
            with suppress(Exception):
                piece.future.release()

    def _by_itself(self, asked: ToDescribe | ToCompare) -> object:
        """Once more, with nothing else under way, which might have been what killed them.

        Raises FailedElsewhereError where it kills them again.
        """
        until = time.monotonic() + _ALONE_SECONDS
        while self._is_busy() and time.monotonic() < until:
            time.sleep(0.05)
            self._look()
        body = self._awaited(self._submit(asked))
        if body is None:
            raise FailedElsewhereError(
                say(
                    "Each worker that took this file ended over it. It is preserved, and was not"
                    " examined."
                )
            )
        return body

    def _is_busy(self) -> bool:
        return any(one.status == "pending" for one in [*self._client.futures.values()])

    def _believed(self, answer: Answered, kind: type[A]) -> A:
        if answer.versions != self._versions or not isinstance(answer.came, kind):
            raise FailedElsewhereError(say("What a worker answered could not be used."))
        try:
            if isinstance(answer.came, Described):
                check_described(answer.came)
            else:
                check_compared(answer.came)
        except ImplausibleError as error:
            raise FailedElsewhereError(say("What a worker answered could not be used.")) from error
        return answer.came

    def _refuse(self, answer: Answered, file: Handed) -> None:
        """Give a worker nothing more. Raises NotSeenError where the fault is not its own."""
        if answer.trouble in ("missing", "differs") and not self._is_here(file):
            raise NotSeenError(say("This file changed while it was imported."))
        if answer.trouble == "broke":
            raise FailedElsewhereError(say("A worker could not examine this file."))
        self._drop(answer.worker, self._why(answer, file))

    def _why(self, answer: Answered, file: Handed) -> Sentence:
        worker = _host(answer.worker)
        if answer.trouble == "version":
            return _other_version(worker, str(answer.versions), str(self._versions))
        if answer.trouble == "walls":
            return _no_walls(worker, answer.walls)
        if answer.trouble == "search":
            return say(
                "The worker {worker} cannot read in the desk's folder what it searches in, so it"
                " gets no more work.",
                worker=worker,
            )
        return _other_root(worker)

    def _is_here(self, file: Handed) -> bool:
        if not file.path:
            return True
        try:
            with (self._root / os.fsdecode(file.path)).open("rb") as stream:
                return hashlib.file_digest(stream, "sha256").hexdigest() == file.sha256
        except OSError:
            return False

    # --- who is there ---------------------------------------------------------------------------

    def _meet(self, probe: Path | None) -> None:
        until = time.monotonic() + _FIRST_SECONDS
        while True:
            self._look(at_once=True)
            if self._there:
                self._introduce(self._probe(probe))
            if self._there:
                return
            if self._refused:
                raise BadInput(next(iter(self._refused.values())))
            if time.monotonic() > until:
                raise self._nobody()
            time.sleep(0.2)

    def _probe(self, file: Path | None) -> Handed | None:
        if file is None or not self._is_below(file.resolve()):
            return None
        try:
            with file.open("rb") as stream:
                digest = hashlib.file_digest(stream, "sha256").hexdigest()
                return Handed(digest, stream.tell(), self.seen_at(file))
        except OSError:
            return None

    def _introduce(self, probe: Handed | None) -> None:
        """Ask each who they are; whoever cannot do the work gets none, and it is told."""
        from verify.cluster.tasks import introduce

        try:
            came = self._client.run(
                introduce,
                packed(AskedToIntroduce(probe)),
                workers=sorted(self._there),
                on_error="ignore",
            )
        except (OSError, TimeoutError, ValueError) as error:
            raise self._lost() from error
        for address, body in came.items():
            try:
                one = introduced(body)
            except Unavailable as error:
                self._drop(address, error.sentence)
                continue
            if one.versions != self._versions:
                found = _other_version(_host(address), str(one.versions), str(self._versions))
                self._drop(address, found)
            elif not one.walls or not all(one.walls.values()):
                self._drop(address, _no_walls(_host(address), one.walls))
            elif one.seen:
                self._drop(address, _other_root(_host(address)))
            elif not one.reads:
                self._told(
                    say(
                        "The worker {worker} has no Tesseract: what it looks at is noted as not"
                        " read.",
                        worker=_host(address),
                    )
                )

    def _drop(self, address: str, why: Sentence) -> None:
        if address not in self._refused:
            self._refused[address] = why
            self._told(why)
        self._there.discard(address)

    def _look(self, *, at_once: bool = False) -> None:
        """See who is there now. Raises CrewLostError where nobody is for long."""
        now = time.monotonic()
        if not at_once and now - self._looked_at < _LOOK_SECONDS:
            return
        self._looked_at = now
        try:
            if self._client.status != "running":
                raise self._lost()
            known = self._client.scheduler_info(n_workers=-1)["workers"]
        except VerifyError:
            raise
        except Exception as error:
            raise self._lost() from error
        mine = str(self._versions)
        self._there = {
            address for address, one in known.items() if mine in one.get("resources", {})
        } - self._refused.keys()
        for address, one in known.items():
            self._tell_of_version(address, [*one.get("resources", {})])
        self._demand_somebody(now)

    def _demand_somebody(self, now: float) -> None:
        if self._there:
            self._empty_since = None
            return
        self._empty_since = self._empty_since or now
        if now - self._empty_since > _EMPTY_SECONDS:
            raise CrewLostError(self._nobody().sentence)

    def _tell_of_version(self, address: str, resources: list[str]) -> None:
        mine = str(self._versions)
        if mine in resources or address in self._others:
            return
        self._others.add(address)
        theirs = next((one for one in resources if one.startswith("verify-desk ")), "?")
        self._told(_other_version(_host(address), theirs, mine))

    def _nobody(self) -> Unavailable:
        return Unavailable(
            say(
                "No worker of this version is at {address}. On each computer that shall work, start"
                " one with {command}",
                address=self._address,
                command=f"verify-desk work {self._address} --root FOLDER",
            )
        )

    def _lost(self) -> CrewLostError:
        return CrewLostError(
            say(
                "The line to {address} broke: the scheduler ended, or the network did. All that"
                " came back is kept; give the same import again and it goes on.",
                address=self._address,
            )
        )


def _host(address: str) -> str:
    return address.partition("://")[2] or address


def _other_version(worker: str, theirs: str, ours: str) -> Sentence:
    return say(
        "The worker {worker} has another version and gets no work: {theirs}; this desk has {ours}.",
        worker=worker,
        theirs=theirs,
        ours=ours,
    )


def _no_walls(worker: str, walls: dict[str, bool]) -> Sentence:
    missing = sorted(name for name, stands in walls.items() if not stands)
    return say(
        "The worker {worker} gets no work: these walls of its lab do not stand: {names}.",
        worker=worker,
        names=listed(missing or ["?"]),
    )


def _other_root(worker: str) -> Sentence:
    return say(
        "The worker {worker} sees other files below its --root than this desk below its own, so it"
        " gets no work: both have to be the same folder.",
        worker=worker,
    )
