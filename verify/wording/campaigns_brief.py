"""What a chat says of campaigns before anybody asks for more: a head, then a line a group."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from verify.records import (
    AccountGroup,
    ByMachine,
    CampaignReport,
    MachineSign,
    Sentence,
    Value,
    listed,
    say,
    say_many,
    window_time,
)
from verify.wording.campaigns import name, taking_part, thing

_NAMED = 2
_SIGNS, _WAVES = 2, 1  # that are told one by one: More has all of them


def title(report: CampaignReport) -> Sentence:
    """What it was looked for in."""
    asked = report.asked
    if asked.account:
        return say("Posted together with {name}", name=asked.account)
    if asked.hashtag:
        return say("Posted together: {name}", name=f"#{asked.hashtag.removeprefix('#')}")
    if asked.case_id:
        return say("Posted together, case {number}", number=asked.case_id)
    return say("Posted together, among all posts here")


def head(report: CampaignReport) -> Iterator[Sentence]:
    """Among what it was looked for, and how to read it: two lines."""
    found = report.told
    among = say_many(
        "Among the {count} post collected here.",
        "Among the {count} posts collected here.",
        found.posts,
    )
    if found.too_few:
        yield say_many(
            "{among} {count} account has too few to tell.",
            "{among} {count} accounts have too few to tell.",
            found.too_few,
            among=among,
        )
    else:
        yield among
    if found.groups or found.by_machine or found.scheduled or found.waves:
        yield say("What coincides has innocent reasons, too: see More.")
    else:
        yield say("Nothing coincides beyond what the spread of each thing explains.")


def group(report: CampaignReport, number: int, one: AccountGroup) -> Sentence:
    """A group in a line. number: by which its buttons name it."""
    told = say_many(
        "{number}. {count} account within {window}, {occasions}: {names}.",
        "{number}. {count} accounts within {window}, {occasions}: {names}.",
        len(one.accounts),
        number=number,
        window=window_time(one.window_s),
        occasions=say_many("{count} time", "{count} times", one.evidence.occasions),
        names=_names(report, one.accounts),
    )
    if one.explained:
        return say("{told} What people stated explains it.", told=told)
    return say_many(
        "{told} Others: {count} post.",
        "{told} Others: {count} posts.",
        one.evidence.outsiders,
        told=told,
    )


def _names(report: CampaignReport, accounts: Sequence[int]) -> Value:
    some = listed(name(report, one) for one in accounts[:_NAMED])
    more = len(accounts) - _NAMED
    if more <= 0:
        return some
    return say_many("{some}, and {count} more", "{some}, and {count} more", more, some=some)


def rest(report: CampaignReport) -> Iterator[Sentence]:
    """What was found beside groups, in few lines."""
    found = report.told
    yield from _by_machine(report)
    if found.scheduled:
        yield say_many(
            "{count} account posts by the clock, as newsrooms do, too.",
            "{count} accounts post by the clock, as newsrooms do, too.",
            len(found.scheduled),
        )
    yield from _waves(report)


def _by_machine(report: CampaignReport) -> Iterator[Sentence]:
    """Signs of groups that were told first, then those of most accounts."""
    groups = [{*one.accounts} for one in report.told.groups]

    def grouped(one: ByMachine) -> bool:
        return any(
            2 * len(group.intersection(one.accounts)) >= len(one.accounts) for group in groups
        )

    signs = sorted(report.told.by_machine, key=lambda one: (not grouped(one), -len(one.accounts)))
    for one in signs[:_SIGNS]:
        told = _sign(one)
        yield say("{told} What people stated explains it.", told=told) if one.explained else told
    if len(signs) > _SIGNS:
        yield say_many(
            "And {count} more such sign.",
            "And {count} more such signs.",
            len(signs) - _SIGNS,
        )


def _sign(one: ByMachine) -> Sentence:
    if one.sign is MachineSign.CLIENT:
        return say_many(
            "{count} account posts with one rare client.",
            "{count} accounts post with one rare client.",
            len(one.accounts),
        )
    if one.sign is MachineSign.WORDS:
        return say_many(
            "{count} account posted the same words within {window}.",
            "{count} accounts posted the same words within {window}.",
            len(one.accounts),
            window=window_time(one.window_s),
        )
    return say_many(
        "{count} account posted the same in the same order.",
        "{count} accounts posted the same in the same order.",
        len(one.accounts),
    )


def _waves(report: CampaignReport) -> Iterator[Sentence]:
    """The largest that needs nothing but news, how many more do; how many others there are."""
    driven = [one for one in report.told.waves if taking_part(report, one.object)]
    news = [one for one in report.told.waves if not taking_part(report, one.object)]
    for one in sorted(news, key=lambda one: -one.accounts)[:_WAVES]:
        yield say_many(
            "A wave of {count} account: {thing}.",
            "A wave of {count} accounts: {thing}.",
            one.accounts,
            thing=thing(report, one.object),
        )
    if len(news) > _WAVES:
        yield say_many(
            "And {count} more wave: nothing but news is needed.",
            "And {count} more waves: nothing but news is needed.",
            len(news) - _WAVES,
        )
    elif news:
        yield say("Nothing but news is needed for that.")
    if driven:
        yield say_many(
            "{count} wave is of what accounts posted together.",
            "{count} waves are of what accounts posted together.",
            len(driven),
        )
