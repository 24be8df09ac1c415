"""What a command's exit status says, the same for every command; docs/json.md tells it.

A command gives one of these back; what it raises becomes `REFUSED` or `INTERRUPTED`.
"""

from __future__ import annotations

DONE = 0
LEFT = 1  # done, but something was left out or left to do, or what was looked at is not right
REFUSED = 2  # not possible as asked: one line on standard error, nothing half written
INTERRUPTED = 130  # ended by Ctrl-C: what was done until then stays
