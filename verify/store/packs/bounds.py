"""What a pack from outside may say: plain data, each value within bounds. See docs/packs.md."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from urllib.parse import urlsplit

from verify.distrust import ImplausibleError, check_views
from verify.records import Features, PackedView, PackEntry, PackHeader, SharedEntry, View

MOST_POINTS = 200
MOST_ENTRIES = 1_000_000
_NAME = 120  # characters
_CLAIM = 1_000
_ASK = 200
_LINK = 2_000
MOST_WITHDRAWN = 10_000
_THUMBNAIL = 10_000  # bytes
_FIRST_YEAR = 1990
_CLOCKS_APART = timedelta(days=2)
_DIGEST = re.compile("[0-9a-f]{64}")


def check_header(header: PackHeader) -> None:
    """Raise ImplausibleError unless a pack may say this of itself."""
    for text in (header.name, header.publisher):
        _demand(is_line(text, _NAME) and bool(text))
    for at in (header.made_at, header.expires_at):
        _demand(at.tzinfo is not None and is_day(at))
    _demand(header.made_at < header.expires_at)
    _demand(header.made_at <= datetime.now(UTC) + _CLOCKS_APART)
    _demand(len(header.withdraws) <= MOST_WITHDRAWN)
    _demand(all(_DIGEST.fullmatch(one) for one in header.withdraws))


def check_entry(entry: PackEntry) -> None:
    """Raise ImplausibleError unless a pack may say this of a picture or film."""
    _demand(is_line(entry.by, _NAME) and bool(entry.by))
    _demand(is_line(entry.claim, _CLAIM) and is_link(entry.link) and is_day(entry.on))
    _demand(entry.on <= (datetime.now(UTC) + _CLOCKS_APART).date())
    _check_views(entry.views)


def check_shared(entry: SharedEntry) -> None:
    """Raise ImplausibleError unless a pack may say this of what is not published: no frame, however
    small, is among it."""
    _demand(is_ask(entry.ask))
    _check_views(entry.views)
    _demand(not any(one.features and one.features.thumbnail for one in entry.views))


def _check_views(seen: tuple[PackedView, ...]) -> None:
    _demand(bool(seen) and all(len(one.pdq) in (0, 32) for one in seen))
    check_views(
        tuple(
            View(
                kind=one.kind,
                at_ms=one.at_ms,
                corners=one.corners,
                number=one.number,
                features=one.features,
            )
            for one in seen
        )
    )
    for view in seen:
        if view.features:
            _check_features(view.features)


def _check_features(features: Features) -> None:
    _demand(not features.frame and len(features.thumbnail) <= _THUMBNAIL)
    _demand(len(features.points) <= 6 * MOST_POINTS)


def is_line(text: str, most: int = _NAME) -> bool:
    """Whether a text is one line, not longer than that and without control characters."""
    return len(text) <= most and text == text.strip() and (not text or text.isprintable())


def is_ask(text: str) -> bool:
    """Whether a text may say whom to ask."""
    return bool(text) and is_line(text, _ASK)


def is_claim(text: str) -> bool:
    """Whether a text may stand for what was claimed."""
    return is_line(text, _CLAIM)


def is_link(text: str) -> bool:
    """Whether a text is the address of a page on the web."""
    if not (len(text) <= _LINK and text.isprintable()) or re.search(r"[\s<>\"\\]", text):
        return False
    try:
        parts = urlsplit(text)
        web = parts.scheme in ("http", "https") and bool(parts.hostname)
        return web and "@" not in parts.netloc
    except ValueError:
        return False


def is_day(day: date | datetime) -> bool:
    """Whether something may have been published, or end, then."""
    return _FIRST_YEAR <= day.year <= 9998


def _demand(plausible: bool) -> None:
    if not plausible:
        raise ImplausibleError
