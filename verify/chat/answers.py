"""What a Bot API answered: read with suspicion, and cut down to what the desk uses of it.

The client library parses an answer whole, and raises whatever a field of a wrong shape makes
it raise. It is given a small answer of the right shape instead.
"""

from __future__ import annotations

import json
import re
from typing import Annotated, Any

import msgspec
from telegram.error import NetworkError

Raw = dict[str, Any]
Id = Annotated[int, msgspec.Meta(ge=-(2**62), le=2**62)]
_LONGEST_WAIT = 3600  # seconds: a service that asks for more is asked again all the same
_DESCRIPTION_CHARACTERS = 300
_BEGINS = re.compile(rb'\s*\{\s*"ok"\s*:\s*true\b')
_NUMBER = re.compile(rb'"message_id"\s*:\s*(\d{1,15})\b')
_LOOKED_THROUGH = 4096  # bytes: a message begins with its number


class AnsweredWrongly(NetworkError):  # noqa: N818 - the word for it
    """What came back is not what a Bot API answers. perhaps_done: it may have done as asked."""

    def __init__(self, what: str, *, perhaps_done: bool = False) -> None:
        super().__init__(what)
        self.perhaps_done = perhaps_done


class _Parameters(msgspec.Struct):
    retry_after: int = 0
    migrate_to_chat_id: int = 0


class _Answer(msgspec.Struct):
    ok: bool
    result: msgspec.Raw = msgspec.Raw(b"null")
    error_code: int = 0
    description: str = ""
    parameters: _Parameters = msgspec.field(default_factory=_Parameters)


class _Me(msgspec.Struct, omit_defaults=True):
    id: Id
    is_bot: bool
    first_name: str
    username: str | None = None


class _File(msgspec.Struct, omit_defaults=True):
    file_id: str
    file_unique_id: str = ""
    file_path: str | None = None


class _Sent(msgspec.Struct):
    message_id: Id


class _Numbered(msgspec.Struct):
    update_id: Annotated[int, msgspec.Meta(ge=0, le=2**53)]


def understood(method: str, status: int, body: bytes) -> tuple[int, Any]:
    """The status and the result, or the description, of an answer to a method.

    A message that was sent becomes its number, 0 where the service did not tell it; updates
    become the objects that have a number; what nobody reads becomes True. A refusal gets its
    own status, whatever HTTP said. Raises AnsweredWrongly, and NetworkError where HTTP says
    that the service is not well.
    """
    done = 200 <= status < 300
    try:
        answer = msgspec.json.decode(body, type=_Answer)
    except (ValueError, RecursionError):
        if not done or not _BEGINS.match(body):
            raise _no_answer(status) from None
        answer = None  # it did as it was asked; the rest of the answer is lost
    if answer is not None and not answer.ok:
        return _refusal(answer, status)
    if not done:
        raise _no_answer(status)
    if method.startswith("send"):
        return status, _number(answer, body)
    if answer is None:
        raise AnsweredWrongly("the answer cannot be read")
    try:
        return status, _result(method, answer.result)
    except (ValueError, RecursionError):
        raise AnsweredWrongly("the result has another shape") from None


def _no_answer(status: int) -> NetworkError:
    if status >= 500:
        return NetworkError(f"status {status}")
    done = status < 300
    return AnsweredWrongly(f"status {status} without an answer", perhaps_done=done)


def _refusal(answer: _Answer, status: int) -> tuple[int, Raw]:
    code = answer.error_code if 400 <= answer.error_code < 600 else max(status, 500)
    refused: Raw = {"error_code": code, "description": answer.description[:_DESCRIPTION_CHARACTERS]}
    told = answer.parameters
    if told.migrate_to_chat_id:
        refused["parameters"] = {"migrate_to_chat_id": told.migrate_to_chat_id}
    elif told.retry_after:
        seconds = max(1, min(told.retry_after, _LONGEST_WAIT))
        refused["parameters"] = {"retry_after": seconds}
    return code, refused


def _number(answer: _Answer | None, body: bytes) -> int:
    if answer is not None:
        try:
            return msgspec.json.decode(answer.result, type=_Sent).message_id
        except (ValueError, RecursionError):
            return 0
    found = _NUMBER.search(body[:_LOOKED_THROUGH])
    return int(found[1]) if found else 0


def _result(method: str, result: msgspec.Raw) -> Any:
    match method:
        case "getme":
            return msgspec.to_builtins(msgspec.json.decode(result, type=_Me))
        case "getfile":
            return msgspec.to_builtins(msgspec.json.decode(result, type=_File))
        case "getupdates":
            return _updates(result)
        case _ if method.startswith("get"):
            return msgspec.json.decode(result)
        case _:
            return True


def _updates(result: msgspec.Raw) -> list[Raw]:
    """The updates that have a number. Raises ValueError where there are only others."""
    given = json.loads(bytes(result).decode("utf-8", "replace"))
    if not isinstance(given, list):
        raise ValueError("no list")
    numbered = [update for update in given if _is_numbered(update)]
    if given and not numbered:
        raise ValueError("no update has a number")
    return numbered


def _is_numbered(update: Any) -> bool:
    try:
        msgspec.convert(update, _Numbered)
    except msgspec.ValidationError:
        return False
    return isinstance(update, dict)
