"""People's words in records, with what nobody sees in them written out."""

from __future__ import annotations

from typing import Any, TypeVar, cast

import msgspec

from verify.language.runs import unveil
from verify.records import Sentence

T = TypeVar("T")


def unveiled(record: T) -> T:
    """The record with every text in it by `unveil`; templates of our sentences stay."""
    return cast("T", _unveiled(record))


def _unveiled(value: Any) -> Any:
    if type(value) is str:  # and no enum
        return unveil(value)
    if isinstance(value, Sentence):
        return msgspec.structs.replace(value, values=_unveiled(value.values))
    if isinstance(value, msgspec.Struct):
        changed = {name: _unveiled(getattr(value, name)) for name in value.__struct_fields__}
        return msgspec.structs.replace(value, **changed)
    if type(value) in (tuple, list):
        return type(value)(map(_unveiled, value))
    if type(value) is dict:
        return {key: _unveiled(one) for key, one in value.items()}
    return value
