"""kill -9 while backup, restore and export write: is the target whole, or absent?

    python -m benchmarks.halves [--rounds 60] [--seed N]

Each round starts one of the commands on a desk with some megabytes of originals, kills it at a
random moment, and looks at its target: a backup must restore, an export must hold what its
SHA256SUMS says, a restored home must be sound. Encrypted ones are among them. In the end a start
must leave nothing half made in the home, and the folder of the targets must hold nothing else
once each command has run once more.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
from collections import Counter
from pathlib import Path

import pyrage

from verify.desk import Desk
from verify.errors import VerifyError
from verify.store.folder.home import Home
from verify.store.keeping import backup

PROGRAM = Path(sys.executable).with_name("verify-desk")
_PICTURES, _SIZE = 4, 4_000_000  # originals, bytes each
_LONGEST = 8.0  # seconds


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=60)
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))
    arguments = parser.parse_args()
    print(f"seed {arguments.seed}")
    with tempfile.TemporaryDirectory() as scratch:
        return _Run(Path(scratch), random.Random(arguments.seed)).all(arguments.rounds)


class _Run:
    def __init__(self, folder: Path, rng: random.Random) -> None:
        self.random = rng
        self.home, self.targets = folder / "home", folder / "targets"
        self.again = folder / "again"
        self.targets.mkdir()
        key = pyrage.x25519.Identity.generate()
        self.key = folder / "key"
        self.key.write_text(f"{key}\n")
        self.to = ("--to", str(key.to_public()))
        for number in range(_PICTURES):
            (folder / "in").mkdir(exist_ok=True)
            (folder / "in" / f"{number}.jpg").write_bytes(rng.randbytes(_SIZE))
        self._command(self.home, "import", folder / "in").communicate()
        backup.write(self.home, folder / "good.tar")
        self.good = folder / "good.tar"
        self.wrong: Counter[str] = Counter()
        self.seen: Counter[str] = Counter()

    def all(self, rounds: int) -> int:
        takes = {kind: self._takes(kind) for kind in ("backup", "export", "restore")}
        for number in range(rounds):
            kind = ("backup", "export", "restore")[number % 3]
            self._round(kind, self.random.random() * takes[kind])
        for kind in ("backup", "export"):
            self._start(kind, ()).communicate()
            self._check(kind, ())
            self._clear()
        with Desk(self.home):
            left = [*(self.home / "working").glob("*"), *(self.home / "vault/incoming").glob("*")]
        self.wrong["left in the home"] += len(left)
        self.wrong["left beside targets"] += len([*self.targets.glob(".*")])
        self.wrong["left beside homes"] += len([*self.again.parent.glob(".verify-desk-*")])
        for what, count in sorted(self.seen.items()):
            print(f"{what:30}{count:>5}")
        for what, count in sorted(self.wrong.items()):
            print(f"wrong: {what:23}{count:>5}")
        return int(any(self.wrong.values()))

    def _takes(self, kind: str) -> float:
        begun = time.perf_counter()
        self._start(kind, ()).communicate()
        took = time.perf_counter() - begun
        self._check(kind, ())
        self._clear()
        return min(took, _LONGEST)

    def _round(self, kind: str, seconds: float) -> None:
        to = self.to if self.random.random() < 0.5 and kind != "restore" else ()
        process = self._start(kind, to)
        try:
            process.communicate(timeout=seconds)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
            self.seen[f"{kind} killed"] += 1
        self._check(kind, to)
        self._clear()

    def _start(self, kind: str, to: tuple[str, ...]) -> subprocess.Popen[bytes]:
        if kind == "backup":
            return self._command(self.home, "backup", self.targets / "target", *to)
        if kind == "export":
            return self._command(self.home, "export", "1", self.targets / "target", *to)
        return self._command(self.again, "restore", self.good)

    def _command(self, home: Path, *words: str | Path) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [PROGRAM, *words],
            env={"PATH": os.environ["PATH"], "VERIFY_HOME": str(home)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def _check(self, kind: str, to: tuple[str, ...]) -> None:
        target = self.again if kind == "restore" else self.targets / "target"
        if not target.exists():
            self.seen[f"{kind} absent"] += 1
            return
        try:
            self._demand_whole(kind, target, bool(to))
            self.seen[f"{kind} whole"] += 1
        except (VerifyError, AssertionError, zipfile.BadZipFile, pyrage.DecryptError) as error:
            self.wrong[f"{kind} half ({type(error).__name__})"] += 1

    def _demand_whole(self, kind: str, target: Path, encrypted: bool) -> None:
        if kind == "restore":
            home = Home(target, reading=True)
            names = [row["sha256"] for row in home.store.rows("SELECT sha256 FROM exhibit")]
            assert len(names) == _PICTURES
            assert all(home.vault.intact(name) for name in names)
            home.close()
        elif kind == "backup":
            restored = target.parent.parent / "restored"
            backup.restore(target, restored, self.key if encrypted else None)
            shutil.rmtree(restored)
        else:
            if encrypted:
                opened = target.parent.parent / "opened"
                identity = pyrage.x25519.Identity.from_str(self.key.read_text().strip())
                pyrage.decrypt_file(str(target), str(opened), [identity])
                target = opened
            with zipfile.ZipFile(target) as archive:
                for line in archive.read("SHA256SUMS").decode().splitlines():
                    digest, _, name = line.partition("  ")
                    assert hashlib.sha256(archive.read(name)).hexdigest() == digest

    def _clear(self) -> None:
        (self.targets / "target").unlink(missing_ok=True)
        shutil.rmtree(self.again, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
