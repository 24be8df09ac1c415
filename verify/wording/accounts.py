"""What is said of an account: names over time, state, when it was first and last seen."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from verify.records import (
    AccountEvent,
    AccountName,
    AccountReport,
    AccountState,
    Instant,
    Relation,
    Sentence,
    Statement,
    say,
    say_many,
    shown_name,
)
from verify.wording.compared import so_far
from verify.wording.terms import word

_STATES = {
    AccountState.SEEN: say("it was there"),
    AccountState.RENAMED: say("it had another name"),
    AccountState.SUSPENDED: say("it was suspended"),
    AccountState.DELETED: say("it was deleted"),
    AccountState.BACK: say("it was back"),
    AccountState.UNREACHABLE: say("it could not be reached"),
}


_RELATIONS: dict[Relation, Callable[[str], Sentence]] = {
    Relation.RELIABLE: lambda value: say("Reliability {grade}", grade=value),
    Relation.SPEAKS_FOR: lambda value: say("Speaks for {name}", name=value),
    Relation.SUCCESSOR_OF: lambda value: say("Successor of {name}", name=value),
    Relation.RIVAL_OF: lambda value: say("Rival of {name}", name=value),
    Relation.SAME_HANDS: lambda value: say("In the same hands as {name}", name=value),
    Relation.SAME_OWNER: lambda value: say("Has one owner with {name}", name=value),
    Relation.CUSTOMER_OF: lambda value: say("Customer of the agency {name}", name=value),
}


def told(report: AccountReport) -> Iterator[Sentence]:
    """All of it, a line each."""
    account = report.account
    last = account.names[-1]
    name = shown_name(last.name, last.handle) or account.key
    yield say("{name}, {network}, id {id}", name=name, network=account.network, id=account.key)
    if len(account.names) > 1:
        yield from map(_name, account.names)
    for event in report.events:
        yield _event(event)
    yield say_many("{count} post is here.", "{count} posts are here.", report.posts)
    if report.edited:
        yield say_many(
            "{count} of them was edited; what stood there before is kept.",
            "{count} of them were edited; what stood there before is kept.",
            report.edited,
        )
    if report.gone:
        yield say_many(
            "{count} of them is no longer in a later export.",
            "{count} of them are no longer in a later export.",
            report.gone,
        )
    if report.first_seen and report.last_seen:
        yield say(
            "First posted {first}, last {last}.",
            first=Instant(at=report.first_seen),
            last=Instant(at=report.last_seen),
        )
    if report.exhibits:
        yield say_many(
            "{count} picture. Among the posts collected here it surely had the first of {first},"
            " and surely a later one of {later}.",
            "{count} pictures. Among the posts collected here it surely had the first of {first},"
            " and surely a later one of {later}.",
            len(report.exhibits),
            first=report.first,
            later=report.later,
        )
        yield from so_far(report.compared)
    for rating, count in report.verdicts:
        yield say_many(
            "Concluded about what it posted: {rating}, {count} time.",
            "Concluded about what it posted: {rating}, {count} times.",
            count,
            rating=word(rating),
        )
    yield from map(_stated, report.statements)
    for forwarded, count in report.forwards:
        yield say_many(
            "Forwards {name}: {count} post.",
            "Forwards {name}: {count} posts.",
            count,
            name=forwarded,
        )


def _stated(one: Statement) -> Sentence:
    told = say(
        "{relation}, says {person} {when}: {reason}",
        relation=_RELATIONS[one.kind](one.value),
        person=one.by,
        when=Instant(at=one.at),
        reason=one.reason,
    )
    if one.look_again:
        return say("{told} Look again on {day}.", told=told, day=one.look_again)
    return told


def _name(one: AccountName) -> Sentence:
    name = f"{one.name} {shown_name('', one.handle)}".strip()
    if one.first and one.last:
        return say(
            "Called {name}: first posted so {first}, last {last}.",
            name=name,
            first=Instant(at=one.first),
            last=Instant(at=one.last),
        )
    return say("Called {name}.", name=name)


def _event(event: AccountEvent) -> Sentence:
    when, state = Instant(at=event.at), _STATES[event.kind]
    if more := " ".join(filter(None, (event.note, event.link))):
        return say(
            "{when}: {state}, says {person}: {more}",
            when=when,
            state=state,
            person=event.by,
            more=more,
        )
    return say("{when}: {state}, says {person}.", when=when, state=state, person=event.by)
