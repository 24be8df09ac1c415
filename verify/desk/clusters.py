"""The exhibits that show what an exhibit shows: its copies, and all that match one of these."""

from __future__ import annotations

from itertools import chain

from verify.store.database.connection import Store
from verify.store.pictures import matches


def copies_of(store: Store, exhibit_id: int) -> set[int]:
    """An exhibit and its copies, and copies of copies."""
    return {exhibit_id, *chain(*matches.copies(store, {exhibit_id}))}


def touching(store: Store, copies: set[int]) -> set[int]:
    """What matches any of these in part: films that show it, pictures it stands in; without them,
    and without what somebody called not the same."""
    lies = [one.correspondence for one in matches.touching(store, copies)]
    either = {one for each in lies for one in (each.exhibit_id, each.earlier_exhibit_id)}
    return either - copies - {0}
