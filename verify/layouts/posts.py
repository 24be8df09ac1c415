"""Posts and accounts as JSON."""

from __future__ import annotations

from datetime import datetime

from verify.records import AccountReport, Appearances, KeptPost


def post(one: KeptPost) -> dict[str, object]:
    """A post. `account` is the id that never changes where there is one, else handle or name."""
    told = one.post
    return {
        "network": told.network,
        "id": told.id,
        "place": told.place or None,
        "place_name": told.place_name or None,
        "account": told.account or None,
        "name": told.name or None,
        "handle": told.handle or None,
        "posted_at": told.at or None,
        "resolution_s": told.resolution_s if told.at else None,
        "zone_known": told.zone_known,
        "edited_at": told.edited_at or None,
        "text": told.text,
        "links": list(told.links),
        "hashtags": list(told.hashtags),
        "client": told.client or None,
        "forwarded_from": told.forwarded_from or None,
        "reply_to": told.reply_to or None,
        "link": told.link or None,
        "exhibits": list(one.exhibits),
        "media_missing": one.missing,
        "events": [
            {"kind": event.kind.value, "at": event.at, "text": event.text or None}
            for event in one.events
        ],
    }


def account(report: AccountReport) -> dict[str, object]:
    """An account, with how often it was first or later among the posts collected here."""
    return {
        "network": report.account.network,
        "id": report.account.key,
        "names": [
            {
                "name": one.name or None,
                "handle": one.handle or None,
                "from": _time(one.first),
                "to": _time(one.last),
            }
            for one in report.account.names
        ],
        "state": report.state.value if report.state else None,
        "events": [
            {
                "kind": one.kind.value,
                "at": _time(one.at),
                "by": one.by,
                "link": one.link or None,
                "note": one.note or None,
            }
            for one in report.events
        ],
        "grade": report.grade or None,
        "posts": report.posts,
        "edited": report.edited,
        "gone": report.gone,
        "first_seen": _time(report.first_seen),
        "last_seen": _time(report.last_seen),
        "exhibits": list(report.exhibits),
        "first": report.first,
        "later": report.later,
        "compared": report.compared,
        "statements": [
            {
                "kind": one.kind.value,
                "value": one.value,
                "reason": one.reason,
                "by": one.by,
                "at": _time(one.at),
                "look_again": one.look_again or None,
            }
            for one in report.statements
        ],
        "verdicts": {rating.value: count for rating, count in report.verdicts},
        "forwards": [{"from": name, "posts": count} for name, count in report.forwards],
    }


def appearances(found: Appearances) -> dict[str, object]:
    """Where a picture stood; `first` is whether its first post is surely the first of them."""
    return {
        "posts": [post(one) for one in found.posts],
        "accounts": found.accounts,
        "first": found.first,
        "compared": found.compared,
    }


def _time(at: datetime | None) -> str | None:
    return at.strftime("%Y-%m-%dT%H:%M:%SZ") if at else None
