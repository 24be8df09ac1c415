"""Becomes another program behind walls: `python -I -m verify.lab.walled WRITTEN PATHS -- ...`.

WRITTEN is how many bytes it may write, PATHS what it may read, joined as in `PATH`; then the
program and its arguments. Its first line on the standard error says which walls stand. What
it works on comes as its standard input: it can open nothing but what PATHS names.
"""

from __future__ import annotations

import json
import os
import sys

from verify.lab.walls import wall_in_program

_ENVIRONMENT = {
    "GLIBC_TUNABLES": "glibc.malloc.hugetlb=1",
    "LC_ALL": "C.UTF-8",
    "MALLOC_ARENA_MAX": "1",
    "OMP_THREAD_LIMIT": "1",
}


def main() -> None:
    """Raise the walls and go. Nothing of the desk's environment comes along."""
    written, paths, _, program, *arguments = sys.argv[1:]
    walls = wall_in_program(paths.split(os.pathsep), int(written))
    print(json.dumps(walls), file=sys.stderr, flush=True)
    os.execve(program, [program, *arguments], _ENVIRONMENT)  # noqa: S606  it is what this is for


if __name__ == "__main__":
    main()
