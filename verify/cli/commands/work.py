"""`verify-desk work`: this computer works for imports of desks on others."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

import click

from verify.cli.arguments import json_option, number
from verify.cli.output import json_line, sentence, tell
from verify.config import read_config
from verify.errors import BadInput
from verify.records import Sentence, say, say_many

_folder = click.Path(exists=True, file_okay=False, readable=True, path_type=Path)


@click.command()
@click.argument("address", metavar="URL")
@click.option(
    "--root", type=_folder, metavar="FOLDER", help="The folder that all share, as it is seen here."
)
@click.option("--cores", type=number, metavar="NUMBER", help="How many processor cores work.")
@json_option
@click.option("--serve", is_flag=True, help="Be the scheduler that desks and workers meet at.")
def command(address: str, root: Path | None, cores: int | None, serve: bool, as_json: bool) -> None:
    """Work for the imports of desks on other computers.

    On one computer --serve starts the scheduler, at an address such as tls://10.0.0.5:8786; each
    that shall work joins it with --root; `import --on` hands them files. VERIFY_CLUSTER_KEYS names
    the folder of ca.pem, cert.pem and key.pem. Without certificates it is tcp://127.0.0.1 alone.
    docs/scale.md has it step by step. Ctrl-C stops it.
    """
    from verify.cluster import demand_extra
    from verify.cluster.lines import parted

    if serve == (root is not None):
        raise BadInput(
            say(
                "Say one of them: {serve} to be the scheduler, {root} to work.",
                serve="--serve",
                root="--root FOLDER",
            )
        )
    parted(address)
    demand_extra()
    from verify.cluster.settings import settle

    settle()
    keys = read_config().cluster_keys

    def told(what: Sentence) -> None:
        if as_json:
            json_line({"said": sentence(what)})
        else:
            tell(what)

    if root is None:
        _serve(address, keys, told)
    else:
        _work(address, root, cores, keys, told)
    told(say("Stopped."))


def _serve(address: str, keys: Path | None, told: Callable[[Sentence], None]) -> None:
    from verify.cluster.working import schedule

    asyncio.run(schedule(address, keys, told))


def _work(
    address: str,
    root: Path,
    cores: int | None,
    keys: Path | None,
    told: Callable[[Sentence], None],
) -> None:
    from verify.cluster import Versions
    from verify.cluster.working import demand_walls, work
    from verify.desk.bulk import cores as all_cores

    walls, count = demand_walls(), cores or all_cores()
    told(
        say_many(
            "{versions}. {walls} walls stand around the lab. {count} core works below {root}.",
            "{versions}. {walls} walls stand around the lab. {count} cores work below {root}.",
            count,
            versions=str(Versions.here()),
            walls=len(walls),
            root=str(root),
        )
    )
    asyncio.run(work(address, root.resolve(), count, keys, told))
