"""The Telegram edge: from an update to an answer, through a durable inbox and outbox."""

import sys

# httpx does without its own command line, which takes longer to load than the rest of it
sys.modules.setdefault("httpx._main", None)  # type: ignore[arg-type]
