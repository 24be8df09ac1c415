"""What stands in and under the two pictures of accounts that post the same."""

from __future__ import annotations

from datetime import datetime

from verify.records import Sentence, Value, say, say_many, window_time

UTC = say("All times are UTC. Among the posts collected here.")
COLLECTED = say("Among the posts collected here.")
FIRST = say("the first here of what it shows")
LEFT_OUT = say("time in which none of them posted it is left out")
WHO_WITH_WHOM = say("Who posted the same, and how often")


def more_accounts(count: int) -> Sentence:
    """How many are not drawn."""
    return say_many("And {count} more account.", "And {count} more accounts.", count)


def other_objects(count: int) -> Sentence:
    """What has no mark of its own."""
    return say_many("{count} other object", "{count} other objects", count)


def together(fewest: int, most: int) -> Sentence:
    """What a line stands for."""
    if fewest == most:
        return say_many("{count} time together", "{count} times together", fewest)
    return say("{fewest} to {most} times together", fewest=fewest, most=most)


def groups_left_out(count: int) -> Sentence:
    """Of how many no account is drawn."""
    return say_many("{count} group is not drawn.", "{count} groups are not drawn.", count)


def ties_left_out(count: int) -> Sentence:
    """How many lines are not drawn, whether between accounts that are drawn or not."""
    return say_many("{count} tie is not drawn.", "{count} ties are not drawn.", count)


def communities(first: str, last: str) -> Sentence:
    """What the rings are."""
    return say(
        "{first} to {last}: accounts that post the same with each other more than with the rest.",
        first=first,
        last=last,
    )


def groups(count: int, accounts: int) -> Sentence:
    """How much is in a network."""
    told = say_many("{count} account", "{count} accounts", accounts)
    return say_many("{count} group, {accounts}", "{count} groups, {accounts}", count, accounts=told)


def together_within(accounts: int, seconds: int) -> Sentence:
    """What a group is."""
    return say_many(
        "{count} account, the same within {window}",
        "{count} accounts, the same within {window}",
        accounts,
        window=window_time(seconds),
    )


def wave(accounts: int) -> Sentence:
    """What a wave is, under the case that has its picture."""
    return say_many(
        "A wave: {count} account posted it", "A wave: {count} accounts posted it", accounts
    )


def in_an_hour(observed: int, usual: Value) -> Sentence:
    """Why it is one."""
    return say_many(
        "{count} post in one hour, where {usual} would be usual",
        "{count} posts in one hour, where {usual} would be usual",
        observed,
        usual=usual,
    )


def other_accounts(count: int) -> Sentence:
    """Those that share a lane."""
    return say_many("{count} other account", "{count} other accounts", count)


def between(first: datetime, last: datetime) -> Sentence:
    """From when to when, in UTC."""
    return say(
        "{first} to {last} UTC", first=f"{first:%Y-%m-%d %H:%M}", last=f"{last:%Y-%m-%d %H:%M}"
    )


def group(number: int) -> Sentence:
    """The title of a group."""
    return say("Group {number}", number=number)


def timeline(accounts: int, first: datetime, last: datetime) -> Sentence:
    """What a timeline is, for who does not see it."""
    return say_many(
        "A timeline with a lane for {count} account: when it posted what it shares with others,"
        " {between}. The words beside it tell the same.",
        "A timeline with a lane for each of {count} accounts: when they posted what they share,"
        " {between}. The words beside it tell the same.",
        accounts,
        between=between(first, last),
    )


def network(count: int, accounts: int) -> Sentence:
    """What a network is, for who does not see it."""
    return say(
        "A network: {groups}, with lines between those that posted the same, the thicker the"
        " oftener. The words beside it tell the same.",
        groups=groups(count, accounts),
    )
