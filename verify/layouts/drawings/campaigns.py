"""What is drawn of campaigns: the accounts of groups, by numbers that both pictures share."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from verify.language import Reader
from verify.layouts.drawings import network, timeline
from verify.layouts.drawings.drawing import SHAPES
from verify.layouts.drawings.timeline import Lane, Sign
from verify.records import MOST_APPEARANCES, AccountGroup, Appearance, CampaignReport
from verify.wording import campaign_pictures as wording
from verify.wording.campaigns import name, thing

Pair = tuple[int, int]


@dataclass
class Tie:
    """What two accounts posted together. posts: of the one, and of the other."""

    objects: set[int] = field(default_factory=set)
    posts: tuple[set[int], set[int]] = field(default_factory=lambda: (set(), set()))

    @property
    def times(self) -> int:
        """How often, whatever one post has in it: the posts of who has fewer of them."""
        return min(map(len, self.posts))


def numbered(report: CampaignReport) -> dict[int, int]:
    """The number of each account of a group, from 1, in the order of the groups."""
    found: dict[int, int] = {}
    for group in report.told.groups:
        for account in group.accounts:
            found.setdefault(account, len(found) + 1)
    return found


def key(group: AccountGroup) -> str:
    """By what a group is known again when it is told anew."""
    told = ".".join(map(str, (group.layer.value, *group.accounts)))
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def draw_timeline(report: CampaignReport, group: AccountGroup, reader: Reader) -> bytes:
    """When the accounts of a group posted what they share: a PNG. Raises Unavailable."""
    numbers, first = numbered(report), firsts(report)
    posted = _of_group(report, group)
    kinds = _kinds(posted)
    lanes = tuple(
        Lane(
            numbers[account],
            name(report, account),
            tuple(
                Sign(one.at, kinds[one.object], one is first.get(one.object))
                for one in posted
                if one.account == account
            ),
        )
        for account in group.accounts
    )
    shown = timeline.Timeline(
        title=wording.together_within(len(group.accounts), group.window_s),
        lines=(wording.between(group.first, group.last),),
        lanes=tuple(sorted(lanes, key=lambda lane: lane.number)),
        objects=tuple(thing(report, number) for number in kinds),
    )
    return timeline.draw(shown, reader)


def draw_network(report: CampaignReport, reader: Reader) -> bytes:
    """The accounts of all groups, and how often any two posted together: a PNG. Raises
    Unavailable."""
    numbers = numbered(report)
    shown = network.Network(
        title=wording.WHO_WITH_WHOM,
        lines=(wording.groups(len(report.told.groups), len(numbers)),),
        accounts={number: name(report, one) for one, number in numbers.items()},
        groups=[[numbers[one] for one in group.accounts] for group in report.told.groups],
        weights={
            (min(numbers[a], numbers[b]), max(numbers[a], numbers[b])): float(tie.times)
            for (a, b), tie in ties(report).items()
        },
    )
    return network.draw(shown, reader)


def ties(report: CampaignReport) -> Mapping[Pair, Tie]:
    """What two accounts of one group posted within its window, by the two, the smaller first."""
    found: defaultdict[Pair, Tie] = defaultdict(Tie)
    for group in report.told.groups:
        by_object: defaultdict[int, list[Appearance]] = defaultdict(list)
        for one in _of_group(report, group):
            by_object[one.object].append(one)
        for number, several in by_object.items():
            for place, later in enumerate(several):
                for one in reversed(several[:place]):
                    if (later.at - one.at).total_seconds() > group.window_s:
                        break
                    if one.account != later.account:
                        a, b = sorted((one, later), key=lambda posted: posted.account)
                        tie = found[a.account, b.account]
                        tie.objects.add(number)
                        tie.posts[0].add(a.post)
                        tie.posts[1].add(b.post)
    return found


def _of_group(report: CampaignReport, group: AccountGroup) -> list[Appearance]:
    """The posts by which a group was told, in the order of their times."""
    posts, objects, accounts = set(group.posts), set(group.objects), set(group.accounts)
    return [
        one
        for one in report.appearances
        if one.post in posts and one.object in objects and one.account in accounts
    ]


def _kinds(posted: Iterable[Appearance]) -> dict[int, int]:
    """The kind of mark of each object: of those posted most often, which have a mark of their own,
    in the order in which they began; then all others."""
    posted = list(posted)
    often = [number for number, _ in Counter(one.object for one in posted).most_common()]
    began = [*dict.fromkeys(one.object for one in posted)]
    own = sorted(often[:SHAPES], key=began.index)
    return {number: kind for kind, number in enumerate([*own, *often[SHAPES:]])}


def firsts(report: CampaignReport) -> dict[int, Appearance]:
    """The first of each object, whoever posted it; none where times are too coarse to tell which it
    is, or a report may lack earlier ones."""
    posted: defaultdict[int, list[Appearance]] = defaultdict(list)
    if len(report.appearances) < MOST_APPEARANCES:
        for one in report.appearances:
            posted[one.object].append(one)
    found: dict[int, Appearance] = {}
    for number, several in posted.items():
        until = min(one.at + timedelta(seconds=one.resolution_s) for one in several)
        if len(several) == 1 or (several[0].at < several[1].at and until <= several[1].at):
            found[number] = several[0]
    return found
