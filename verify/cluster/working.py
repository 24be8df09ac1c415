"""A scheduler, or the workers of one computer, until somebody ends them."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import signal
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from verify.cluster import Versions
from verify.cluster.lines import knock, parted, security, unreached
from verify.errors import BadInput, Unavailable
from verify.records import Sentence, listed, say
from verify.sandbox import Sandbox

if TYPE_CHECKING:
    from distributed import Nanny, Security

_SECONDS = 15.0  # to reach the scheduler, and for a worker to begin and to end
_START_SECONDS = 120.0
_LOOK_SECONDS = 1.0  # between two looks at whether the scheduler is there
_ENDED = ("closed", "closing", "closing_gracefully", "failed", "stopped", "stopping")
_PAGES = "127.0.0.1:0"  # where Dask would serve its pages, of which there are none


def demand_walls() -> dict[str, bool]:
    """The walls around this computer's lab. Raises BadInput unless all of them stand."""
    sandbox = Sandbox(1)
    try:
        walls = sandbox.walls()
    finally:
        sandbox.close()
    if not walls:
        raise BadInput(say("The lab cannot be started here, so this computer does not join."))
    if missing := sorted(name for name, stands in walls.items() if not stands):
        raise BadInput(
            say(
                "These walls of the lab do not stand here, so this computer does not join, for it"
                " would decode what others received: {names}.",
                names=listed(missing),
            )
        )
    return walls


async def schedule(address: str, keys: Path | None, told: Callable[[Sentence], None]) -> None:
    """Be the scheduler that desks and workers meet at. Raises BadInput, Unavailable."""
    scheme, host, port = parted(address)
    guarded = security(address, keys)
    from distributed import Scheduler

    stop = _stop_signal()
    try:
        scheduler = await Scheduler(
            host=host,
            port=port,
            protocol=f"{scheme}://",
            security=guarded,
            dashboard_address=_PAGES,
        )
    except (OSError, ValueError, RuntimeError) as error:
        raise Unavailable(
            say(
                "{address} cannot be listened at: another program does, or this computer has no"
                " such address.",
                address=address,
            )
        ) from error
    try:
        told(
            say(
                "The scheduler listens at {address}. Ctrl-C stops it; imports under way end then"
                " and go on when they are given again.",
                address=address,
            )
        )
        await stop.wait()
    finally:
        with contextlib.suppress(Exception):
            await asyncio.wait_for(scheduler.close(), _SECONDS)


async def work(
    address: str, root: Path, cores: int, keys: Path | None, told: Callable[[Sentence], None]
) -> None:
    """Work for whoever hands the scheduler something. Raises BadInput, Unavailable."""
    guarded = security(address, keys)
    stop = _stop_signal()
    await _reach(address, guarded)
    while not stop.is_set():
        async with AsyncExitStack() as stack:
            nannies = await _several(stack, address, root, cores, guarded)
            told(
                say(
                    "Joined {address}. Ctrl-C stops this worker; others take up what it was at.",
                    address=address,
                )
            )
            await _until(stop, nannies)
        if not stop.is_set():
            told(
                say("{address} is gone. This worker joins again once it is back.", address=address)
            )
            await _back(stop, address, guarded)


async def _several(
    stack: AsyncExitStack, address: str, root: Path, cores: int, guarded: Security
) -> list[Nanny]:
    try:
        async with asyncio.timeout(_START_SECONDS):
            return await asyncio.gather(
                *(stack.enter_async_context(_one(address, root, guarded)) for _ in range(cores))
            )
    except (OSError, TimeoutError, RuntimeError, ValueError) as error:
        raise unreached(address, error) from error


async def _until(stop: asyncio.Event, nannies: list[Nanny]) -> None:
    """Wait until somebody ends this, or the scheduler has let go of them."""
    while not stop.is_set() and all(one.status.name not in _ENDED for one in nannies):
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), _LOOK_SECONDS)


async def _back(stop: asyncio.Event, address: str, guarded: Security) -> None:
    """Wait until the scheduler is there again, or somebody ends this."""
    while not stop.is_set():
        try:
            await _reach(address, guarded)
            return
        except Unavailable:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), _LOOK_SECONDS)


async def _reach(address: str, guarded: Security) -> None:
    """Raise Unavailable unless there is a scheduler."""
    from distributed.core import rpc

    await asyncio.to_thread(knock, address)
    try:
        async with asyncio.timeout(_SECONDS):
            async with rpc(address, connection_args=guarded.get_connection_args("worker")) as line:
                await line.identity()
    except Exception as error:
        raise unreached(address, error) from error


@contextlib.asynccontextmanager
async def _one(address: str, root: Path, guarded: Security) -> AsyncIterator[Nanny]:
    """One process that works, which is started again when it dies.

    It and who watches it listen where the scheduler is reached, and nowhere else.
    """
    from distributed import Nanny
    from distributed.comm.addressing import get_address_host
    from distributed.utils import get_ip

    from verify.cluster.tasks import ROOT

    nanny = await Nanny(
        address,
        host=get_ip(get_address_host(address)),
        nthreads=1,
        resources={str(Versions.here()): 1},
        security=guarded,
        memory_limit=0,
        dashboard_address=_PAGES,
        silence_logs=logging.CRITICAL,
        env={ROOT: str(root)},
        death_timeout=_START_SECONDS,
    )
    try:
        yield nanny
    finally:
        with contextlib.suppress(Exception):
            await asyncio.wait_for(nanny.close(timeout=2), _SECONDS)


def _stop_signal() -> asyncio.Event:
    """Set by Ctrl-C, and by whoever ends this process."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    return stop
