"""What stands in and under the two pictures of accounts that post the same."""

from __future__ import annotations

from verify.records import Sentence, say, say_many

UTC = say("All times are UTC. Among the posts collected here.")
COLLECTED = say("Among the posts collected here.")
FIRST = say("the first here of what it shows")
LEFT_OUT = say("time in which none of them posted it is left out")


def more_accounts(count: int) -> Sentence:
    """How many are not drawn."""
    return say_many("And {count} more account.", "And {count} more accounts.", count)


def other_objects(count: int) -> Sentence:
    """What has no mark of its own."""
    return say_many("{count} other object", "{count} other objects", count)


def together(fewest: int, most: int) -> Sentence:
    """What a line stands for."""
    if fewest == most:
        return say_many("{count} thing together", "{count} things together", fewest)
    return say("{fewest} to {most} things together", fewest=fewest, most=most)


def weaker(count: int) -> Sentence:
    """How many lines are not drawn."""
    return say_many("{count} weaker tie is not drawn.", "{count} weaker ties are not drawn.", count)


def communities(first: str, last: str) -> Sentence:
    """What the rings are."""
    return say(
        "{first} to {last}: accounts that post the same with each other more than with the rest.",
        first=first,
        last=last,
    )
