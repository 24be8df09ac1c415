"""Several people on one page: each has a chat of their own; the page says who acts."""

from __future__ import annotations

from verify.errors import BadInput
from verify.localchat.exchange import Exchange, Json
from verify.records import say

_LONGEST_NAME = 64
_MOST_PEOPLE = 50


def everybody(exchange: Exchange) -> list[Json]:
    """The people of this chat, in the order they came; the first owns the desk."""
    return [{"id": number, "name": name} for number, name, _ in exchange.store.people()]


def add(exchange: Exchange, name: str, language: str) -> int:
    """Add somebody, who is a stranger to the desk until invited. Raises BadInput."""
    name = _checked(name)
    if len(exchange.store.people()) >= _MOST_PEOPLE:
        raise BadInput(say("There are {limit} people here already.", limit=_MOST_PEOPLE))
    return exchange.store.add_person(name, language)


def rename(exchange: Exchange, person_id: int, name: str) -> None:
    """Give somebody another name; the desk takes it over with what they do next.

    Raises BadInput.
    """
    exchange.store.set_name(person_id, _checked(name))


def _checked(name: str) -> str:
    name = "".join(c for c in name if c.isprintable()).strip()
    if not name or len(name) > _LONGEST_NAME:
        raise BadInput(say("Write a name of at most {limit} letters.", limit=_LONGEST_NAME))
    return name
