"""A desk with one picture, and its case unpacked from a bag of each profile: `bags.py FOLDER`."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from importlib.util import find_spec
from pathlib import Path

folder = Path(sys.argv[1])
program = Path(sys.executable).with_name("verify-desk")
picture = Path(find_spec("sklearn").origin).parent / "datasets" / "images" / "china.jpg"
environment = {**os.environ, "VERIFY_HOME": str(folder / "home")}
subprocess.run([program, "import", picture], env=environment, check=True)
for profile in ("inside", "partner", "public"):
    bag = folder / f"{profile}.zip"
    command = [program, "export", "1", "-o", bag, "--profile", profile]
    subprocess.run(command, env=environment, check=True)
    with zipfile.ZipFile(bag) as archive:
        archive.extractall(folder)
