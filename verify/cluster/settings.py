"""How Dask is set here: silent, without pages, and with files that kill told apart early."""

from __future__ import annotations

import logging


def settle() -> None:
    """Set it for this process and those that it starts. Before anything of Dask is made."""
    import dask

    dask.config.set(
        {
            # one more worker may die of a task, then it is this task's doing
            "distributed.scheduler.allowed-failures": 1,
            "distributed.scheduler.http.routes": [],  # no pages, which anybody could read
            "distributed.worker.http.routes": [],
            "distributed.nanny.http.routes": [],
            "distributed.worker.profile.enabled": False,
            "distributed.scheduler.work-stealing": True,
            "distributed.worker.memory.target": False,  # nothing is written to a disk
            "distributed.worker.memory.spill": False,
            "distributed.worker.memory.pause": False,
            "distributed.worker.memory.terminate": False,
            # what ticks in each process, also where nothing is to be done
            "distributed.admin.tick.interval": "1s",
            "distributed.admin.tick.limit": "1h",
            "distributed.admin.system-monitor.interval": "10s",
            "distributed.scheduler.active-memory-manager.start": False,
            "distributed.comm.timeouts.connect": "10s",
            "distributed.comm.timeouts.tcp": "30s",
            "distributed.comm.retry.count": 0,
            "distributed.admin.low-level-log-length": 0,
            "distributed.admin.log-length": 0,
            "distributed.logging": {"distributed": "critical", "tornado": "critical"},
            "logging": {"distributed": "critical", "tornado": "critical"},
        }
    )
    import distributed  # noqa: F401  it sets the levels of its own

    for name in ("distributed", "distributed.core", "distributed.client", "tornado", "asyncio"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
