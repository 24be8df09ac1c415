"""Start the desk: `python bot.py` is `verify-desk serve`."""

from __future__ import annotations

import sys

from verify.cli import main

if __name__ == "__main__":
    main(["serve", *sys.argv[1:]])
