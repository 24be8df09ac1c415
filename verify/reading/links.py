"""Links as one writes them in several ways, made one, without a look at where they lead."""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import parse_qsl, urlencode, urlsplit

_LONGEST = 2000
_ASIDE = ("www.", "m.", "mobile.")
_COUNTING = frozenset(
    ("fbclid", "gclid", "dclid", "yclid", "msclkid", "twclid", "igshid", "igsh", "mc_cid", "mc_eid")
)
_COUNTED = "utm_"
"""Parameters that say who came from where and change nothing of what is shown."""


@lru_cache(10_000)
def canonical(link: str) -> str:
    """A link without scheme, `www.`, counting parameters, fragment and closing slash, its host in
    small letters, its parameters in order; "" for what is no link."""
    link = link.strip()[:_LONGEST]
    try:
        parts = urlsplit(link if "://" in link else f"https://{link}")
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:  # half an IPv6 address, a port that is none
        return ""
    if "." not in host:
        return ""
    for aside in _ASIDE:
        host = host.removeprefix(aside)
    asked = sorted(
        (name, value)
        for name, value in parse_qsl(parts.query, keep_blank_values=True)
        if name.lower() not in _COUNTING and not name.lower().startswith(_COUNTED)
    )
    where = f"{host}:{port}" if port not in (None, 80, 443) else host
    path = parts.path.rstrip("/")
    return f"{where}{path}?{urlencode(asked)}" if asked else f"{where}{path}"
