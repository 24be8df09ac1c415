"""A ledger as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from verify.layouts import posts
from verify.records import Contradiction, Ledger, Said, StatedContradiction


def plain(made: Ledger) -> dict[str, object]:
    """A ledger. `lines` and `channel` are numbers, from 0, of those in `said`."""
    return {
        "case": made.case_id or None,
        "exhibits": list(made.exhibits),
        "said": [_said(one) for one in made.said],
        "posts_left_out": made.unread,
        "contradictions": _contradictions(made.contradictions),
        "organisations": [
            {
                "name": one.name,
                "channel": list(one.channel),
                "voices": [
                    {
                        "account": voice.account,
                        "stated_by": voice.stated_by,
                        "reason": voice.reason,
                        "lines": list(voice.lines),
                    }
                    for voice in one.voices
                ],
                "contradictions": _contradictions(one.contradictions),
            }
            for one in made.organisations
        ],
        "stated": [stated(one) for one in made.stated],
    }


def stated(one: StatedContradiction) -> dict[str, object]:
    """What a person says contradicts."""
    return {
        "id": one.id,
        "case": one.case_id,
        "text": one.text,
        "reason": one.reason,
        "by": one.by,
        "at": _time(one.at),
        "withdrawn_by": one.withdrawn_by or None,
        "withdrawn_at": _time(one.withdrawn_at),
        "withdrawn_why": one.withdrawn_why or None,
    }


def _said(one: Said) -> dict[str, object]:
    return {
        "kind": one.kind.value,
        "text": one.text,
        "by": one.by or None,
        "at": _time(one.at),
        "posted": one.posted,
        "recorded_by": one.recorded_by or None,
        "case": one.case_id or None,
        "date": one.date or None,
        "place": one.place or None,
        "post": posts.post(one.post) if one.post else None,
    }


def _contradictions(several: Sequence[Contradiction]) -> list[dict[str, object]]:
    return [
        {
            "about": one.differing.value,
            "sides": [
                [{"value": named.shown, "lines": list(named.lines)} for named in side]
                for side in one.sides
            ],
        }
        for one in several
    ]


def _time(at: datetime | None) -> str | None:
    return at.strftime("%Y-%m-%dT%H:%M:%SZ") if at else None
