"""Posts of many accounts that look as if one program made them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

import numpy as np
from msgspec.structs import replace
from numpy.typing import NDArray

from verify.campaigns.chance import log_tail
from verify.campaigns.curves import distinct
from verify.campaigns.rows import NO_CLIENT, Rows, as_owners
from verify.records import ByMachine, Explanation, MachineSign, Shared

_LEVEL = float(np.log(1e-6))
_ACCOUNTS = 3
_RARE = 0.2  # of the accounts that name a client
_NEARLY_ALL = 0.8
_SECONDS, _AROUND = 10, 600
_WORDS_AT_ONCE = 5  # accounts within the seconds, for words that coincide once
_IN_A_ROW = 5  # objects in the same order


def by_machine(
    rows: Rows, resolution: NDArray[np.float64], explanations: Sequence[Explanation] = ()
) -> tuple[ByMachine, ...]:
    """What looks made by a program among posts that are no forwards.

    rows: shape (n,), dtype `rows.ROW`. resolution: of each, as `precision.resolutions` finds it.
    explanations: what people stated; what they account for says so.
    """
    found = _found(rows, resolution)
    if not found or not explanations:
        return found
    left = _found(as_owners(rows, explanations), resolution)
    return tuple(replace(one, explained=_explained(one, left, explanations)) for one in found)


def _found(rows: Rows, resolution: NDArray[np.float64]) -> tuple[ByMachine, ...]:
    own = ~rows["forward"]
    return (
        *_clients(rows[own]),
        *_words(rows[own & (resolution <= 1)]),
        *_orders(rows[own & (resolution <= 60)]),
    )


def _explained(
    one: ByMachine, left: Sequence[ByMachine], explanations: Sequence[Explanation]
) -> tuple[Explanation, ...]:
    """What people stated of the accounts, where the sign is not left once those count as one."""
    for other in left:
        same = (one.sign, one.client) == (other.sign, other.client)
        if same and not {*one.objects}.isdisjoint(other.objects):
            return ()
    accounts = {*one.accounts}
    return tuple(
        stated for stated in explanations if len(accounts.intersection(stated.accounts)) >= 2
    )


def _clients(rows: Rows) -> Iterator[ByMachine]:
    """Rare clients through which nearly all of an object's accounts posted it, for more objects
    than their share of accounts gives."""
    rows = rows[rows["client"] != NO_CLIENT]
    if not len(rows):
        return
    used = np.unique(np.stack([rows["client"], rows["account"]]), axis=1)[0]
    accounts = len(np.unique(rows["account"]))
    _, what = np.unique(rows["object"], return_inverse=True)
    posters = distinct(what, rows["account"])
    least = np.maximum(_ACCOUNTS, np.ceil(_NEARLY_ALL * posters))
    for client, users in zip(
        *(one.tolist() for one in np.unique(used, return_counts=True)), strict=True
    ):
        share = users / accounts
        if users < _ACCOUNTS or share > _RARE:
            continue
        mine = rows["client"] == client
        theirs = distinct(what[mine], rows["account"][mine], len(posters))
        shared = theirs >= least
        expected = float(np.exp(least * np.log(share) + _log_ways(posters, least)).sum())
        if shared.sum() >= _ACCOUNTS and float(log_tail(shared.sum(), expected)) <= _LEVEL:
            yield _machine(MachineSign.CLIENT, rows[mine & shared[what]], client=client)


def _log_ways(n: NDArray[np.int64], k: NDArray[np.float64]) -> NDArray[np.float64]:
    """The natural logarithm of the ways to choose k of n; of none where k is above n."""
    from scipy.special import gammaln  # slow to load

    ways = gammaln(n + 1) - gammaln(k + 1) - gammaln(np.maximum(n - k, 0) + 1)
    return np.where(k > n, -np.inf, ways)


def _words(rows: Rows) -> Iterator[ByMachine]:
    """The same words to the letter from several accounts within seconds, beyond what the words
    gather in the minutes around; what the same accounts do several times is one."""
    rows = rows[rows["kind"] == Shared.WORDS]
    rows = rows[np.lexsort((rows["at"], rows["object"]))]
    _, begins, counts = np.unique(rows["object"], return_index=True, return_counts=True)
    found: list[tuple[Rows, float]] = []
    for begin, count in zip(begins, counts, strict=True):
        if count >= _ACCOUNTS:
            found += _at_once(rows[begin : begin + count])
    chance = {int(part["object"][0]): log_p for part, log_p in found}
    for together in _joined([part for part, _ in found]):
        objects = {int(one["object"][0]) for one in together}
        several = len(objects) >= 2 or len(np.unique(together[0]["account"])) >= _WORDS_AT_ONCE
        if several and sum(chance[one] for one in objects) <= _LEVEL:
            yield _machine(MachineSign.WORDS, np.concatenate(together), window_s=_SECONDS)


def _at_once(rows: Rows) -> Iterator[tuple[Rows, float]]:
    """The first stretch of seconds in which several accounts wrote the words, and the natural
    logarithm of its chance anywhere among the rows."""
    at = rows["at"]
    ends = np.searchsorted(at, at + _SECONDS, "right")
    for first in np.flatnonzero(ends - np.arange(len(at)) >= _ACCOUNTS):
        part = rows[first : ends[first]]
        accounts = len(np.unique(part["account"]))
        around = int((np.abs(at - at[first]) <= _AROUND).sum()) - len(part)
        expected = max(around, 0.5) * _SECONDS / (2 * _AROUND)
        log_p = float(log_tail(accounts - 1, expected) + np.log(len(rows)))
        if accounts >= _ACCOUNTS and log_p <= np.log(1e-3):
            yield part, log_p
            return


def _joined(found: list[Rows]) -> list[list[Rows]]:
    """What shares at least half of its accounts, put together."""
    joined: list[tuple[set[int], list[Rows]]] = []
    for part in found:
        accounts = set(part["account"].tolist())
        for known, parts in joined:
            if 2 * len(known & accounts) >= min(len(known), len(accounts)):
                known |= accounts
                parts.append(part)
                break
        else:
            joined.append((accounts, [part]))
    return [parts for _, parts in joined]


def _orders(rows: Rows) -> Iterator[ByMachine]:
    """Accounts that post several objects one after the other in the same order, each after the
    other was done: while things happen, everybody has them in their order. A post with several
    objects stands for its first kind."""
    rows = rows[np.lexsort((rows["kind"], rows["post"]))]
    _, first = np.unique(rows["post"], return_index=True)
    rows = rows[first]
    rows = rows[np.lexsort((rows["post"], rows["at"], rows["account"]))]
    _, begins, counts = np.unique(rows["account"], return_index=True, return_counts=True)
    lists: dict[tuple[int, ...], list[int]] = defaultdict(list)  # of objects: rows that begin them
    for begin, count in zip(begins.tolist(), counts.tolist(), strict=True):
        objects = rows["object"][begin : begin + count].tolist()
        for place in range(count - _IN_A_ROW + 1):
            row = tuple(objects[place : place + _IN_A_ROW])
            if len(set(row)) == _IN_A_ROW:
                lists[row].append(begin + place)
    alike: dict[tuple[int, ...], set[int]] = defaultdict(set)
    for starts in lists.values():
        accounts = tuple(sorted({int(rows["account"][one]) for one in starts}))
        if len(accounts) >= _ACCOUNTS and _apart(rows, starts) >= _ACCOUNTS:
            for one in starts:
                alike[accounts].update(range(one, one + _IN_A_ROW))
    for places in alike.values():
        yield _machine(MachineSign.ORDER, rows[sorted(places)])


def _apart(rows: Rows, starts: list[int]) -> int:
    """How many accounts have the list when no other of them is at it."""
    accounts, until = set(), -np.inf
    for one in sorted(starts, key=lambda one: float(rows["at"][one + _IN_A_ROW - 1])):
        if rows["at"][one] > until and int(rows["account"][one]) not in accounts:
            accounts.add(int(rows["account"][one]))
            until = float(rows["at"][one + _IN_A_ROW - 1])
    return len(accounts)


def _machine(
    sign: MachineSign, rows: Rows, client: int | None = None, window_s: int = 0
) -> ByMachine:
    return ByMachine(
        sign=sign,
        accounts=tuple(np.unique(rows["account"]).tolist()),
        objects=tuple(dict.fromkeys(rows["object"].tolist())),
        posts=tuple(np.unique(rows["post"]).tolist()),
        client=client,
        window_s=window_s,
    )
