"""A desk with a case that has all a bag can hold, unpacked from a bag of each profile:
`bags.py FOLDER`."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
import zipfile
from importlib.util import find_spec
from pathlib import Path

from verify.desk import Desk
from verify.records import Rating

folder = Path(sys.argv[1])
home = folder / "home"
program = Path(sys.executable).with_name("verify-desk")
picture = Path(find_spec("sklearn").origin).parent / "datasets" / "images" / "china.jpg"
environment = {**os.environ, "VERIFY_HOME": str(home)}


def run(*words: str | Path) -> None:
    subprocess.run([program, *words], env=environment, check=True)


export = folder / "posts"
export.mkdir(parents=True)
(export / "a.jpg").write_bytes(picture.read_bytes())
with (export / "posts.csv").open("w", newline="", encoding="utf-8") as file:
    rows = csv.writer(file)
    rows.writerow(("post_id", "network", "account", "posted_at", "text", "link", "media"))
    link = "https://example.org/post/1"
    rows.writerow(("1", "web", "zanzibar", "2011-05-03T08:12:00Z", "=Zanzibar", link, "a.jpg"))
run("import", picture, "--caption", "Aleppo, 14 June 2014", "--link", "https://example.org/1")
run("import", export)
with Desk(home) as desk:
    person = desk.team.at_console("7", "Noor", "en")
    claim = desk.reports.case(person, 1).claims[0]
    desk.verdicts.conclude(person, 1, 1, Rating.STAGED, "why", claim_id=claim.id)
for profile in ("inside", "partner", "public"):
    bag = folder / f"{profile}.zip"
    run("export", "1", "-o", bag, "--profile", profile)
    with zipfile.ZipFile(bag) as archive:
        archive.extractall(folder)
