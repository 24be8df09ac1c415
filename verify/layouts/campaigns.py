"""Campaigns as JSON."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from verify.layouts import posts
from verify.records import CampaignReport, Explanation, TrailReport


def plain(report: CampaignReport) -> dict[str, object]:
    """What coincides; accounts and objects as they are known outside of this desk."""
    found = report.told
    return {
        "groups": [
            {
                "accounts": _accounts(report, one.accounts),
                "objects": _objects(report, one.objects),
                "window_s": one.window_s,
                "first": _time(one.first),
                "last": _time(one.last),
                "layer": one.layer.value,
                "evidence": {
                    "links": one.evidence.links,
                    "expected": one.evidence.expected,
                    "outsiders": one.evidence.outsiders,
                    "occasions": one.evidence.occasions,
                },
                "explained": _explained(report, one.explained),
            }
            for one in found.groups
        ],
        "scheduled": [
            {
                "account": _account(report, one.account),
                "minutes": [*one.minutes],
                "posts": one.posts,
                "observed": one.observed,
                "expected": one.expected,
            }
            for one in found.scheduled
        ],
        "by_machine": [
            {
                "sign": one.sign.value,
                "accounts": _accounts(report, one.accounts),
                "objects": _objects(report, one.objects),
                "client": None if one.client is None else report.clients.get(one.client),
                "window_s": one.window_s,
                "explained": _explained(report, one.explained),
            }
            for one in found.by_machine
        ],
        "waves": [
            {
                "object": _object(report, one.object),
                "first": _time(one.first),
                "last": _time(one.last),
                "posts": one.posts,
                "accounts": one.accounts,
                "observed": one.observed,
                "usual": one.usual,
            }
            for one in found.waves
        ],
        "too_few": found.too_few,
        "too_coarse": found.too_coarse,
        "undated": report.undated,
        "closed": report.closed,
        "accounts": found.accounts,
        "posts": found.posts,
        "measured": {
            "worlds": found.measured.worlds,
            "wrong": found.measured.wrong,
            "date": found.measured.date or None,
            "script": found.measured.script,
        },
    }


def trail(report: TrailReport) -> dict[str, object]:
    """The way of what an exhibit shows; a post as `posts` has it."""
    by_id = {one.id: posts.post(one) for one in report.posts}
    return {
        "exhibit": report.sha256,
        "first": [by_id[one] for one in report.trail.first if one in by_id],
        "hops": [
            {
                "from": by_id[one.source],
                "to": by_id[one.post],
                "known": one.known,
                "changed": [*one.changed],
            }
            for one in report.trail.hops
            if one.source in by_id and one.post in by_id
        ],
    }


def _explained(report: CampaignReport, whys: Iterable[Explanation]) -> list[dict[str, object]]:
    return [{"kind": one.kind.value, "accounts": _accounts(report, one.accounts)} for one in whys]


def _accounts(report: CampaignReport, numbers: Iterable[int]) -> list[dict[str, object]]:
    return [_account(report, one) for one in numbers]


def _account(report: CampaignReport, number: int) -> dict[str, object]:
    known = report.sharers.get(number)
    if known is None:
        return {"network": None, "id": None, "handle": None, "name": None}
    return {
        "network": known.network,
        "id": known.key,
        "handle": known.handle or None,
        "name": known.name or None,
    }


def _objects(report: CampaignReport, numbers: Iterable[int]) -> list[dict[str, object]]:
    return [_object(report, one) for one in numbers]


def _object(report: CampaignReport, number: int) -> dict[str, object]:
    one = report.objects[number]
    return {
        "kind": one.kind.name.lower(),
        "text": one.text or None,
        "exhibits": [*one.exhibits],
        "accounts": one.accounts,
        "posts": one.posts,
    }


def _time(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")
