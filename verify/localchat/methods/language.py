"""A method that only this service has: in which language somebody wants to be spoken to."""

from __future__ import annotations

from verify.localchat.exchange import Exchange
from verify.localchat.refusals import Refused
from verify.localchat.requests import Call


async def set_person_language(exchange: Exchange, call: Call) -> bool:
    """The bot was asked for another language: the page takes the same."""
    number = call.text("user_id")
    if not number.isdecimal():
        raise Refused("user_id must be a number")
    person_id, language = exchange.person(int(number))["id"], call.text("language_code")
    if language != exchange.person(person_id)["language_code"]:
        exchange.store.set_language(person_id, language)
        exchange.feed.tell(person_id, "language")
    return True
