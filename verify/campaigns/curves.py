"""The rows of one layer in one window, and each object's own curve: who posted it near what."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from verify.campaigns.rows import Rows

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

WIDE = 600  # seconds; in wider windows an object counts only where a group is half of its posters
_BANDS = np.array([60, 600, 3_600, 6 * 3_600, 86_400, 3 * 86_400])  # seconds of an object's life
_ENOUGH = 20  # rows of an object from which an account's habits are learned
_MOST_EARLIER = 20.0  # times over-represented
_LEAST = 1e-5  # of a habit: none is impossible
_PRIOR = 5.0  # rows' worth of the mean of all accounts
HABIT = 16.0  # outsiders' worth of an account's own habit: the few who come late say little


@dataclass(frozen=True)
class Curves:
    """Rows sorted by object and time, with accounts and objects numbered from 0.

    All arrays of rows have shape (n,). key: object and milliseconds in one ascending number, `far`
    apart from object to object. near: how many rows of the object lie within the window of a row,
    itself too. size, posters: rows and distinct accounts by object. row: their places among the
    rows handed in. names: the accounts' numbers as they came.
    """

    window: int
    account: NDArray[np.int32]
    object: NDArray[np.int32]
    at: Floats
    row: Ints
    key: Ints
    near: Ints
    size: Ints
    posters: Ints
    names: NDArray[np.int32]
    starts: Ints

    @property
    def accounts(self) -> int:
        return len(self.names)

    @cached_property
    def by_account(self) -> tuple[Ints, Ints]:
        """The rows in the order of accounts, and where each account's begin."""
        order = np.argsort(self.account, kind="stable")
        starts = np.searchsorted(self.account[order], np.arange(self.accounts + 1))
        return order, starts

    def rows_by(self, members: Ints) -> Ints:
        """The rows of some accounts, ascending."""
        order, starts = self.by_account
        return np.sort(np.concatenate([order[starts[one] : starts[one + 1]] for one in members]))

    def habit(self, beside: Ints) -> Floats:
        """By row: the part of other objects' rows that its account usually posts beside.

        beside: by row, how many of the rows within the window are by partners of its account. What
        they are half of says nothing of its habits.
        """
        others = self.size[self.object] - 1
        learned = (others >= _ENOUGH) & (2 * (beside + 1) < self.posters[self.object])
        part = (self.near - 1) / np.maximum(others, 1)
        if not learned.any():
            return np.full(len(part), min(0.3, 2 * self.window / 86_400))
        mean = float(part[learned].mean())
        total = np.bincount(self.account, part * learned, minlength=self.accounts)
        count = np.bincount(self.account, learned, minlength=self.accounts)
        own = (total + _PRIOR * mean) / (count + _PRIOR)
        return np.asarray(np.maximum(own, _LEAST)[self.account])

    @cached_property
    def earliness(self) -> Floats:
        """By row: how many times as often as others its account posts in this band of an object's
        life, 1 to 20, learned where others suffice."""
        first = self.at[self.starts[:-1]]
        band = np.searchsorted(_BANDS, self.at - first[self.object], side="right")
        bands = len(_BANDS) + 1
        learned = self.size[self.object] >= _ENOUGH
        in_band = np.bincount(
            self.object.astype(np.int64) * bands + band, minlength=len(self.size) * bands
        ).reshape(-1, bands)
        share = in_band / np.maximum(self.size, 1)[:, None]
        seen = np.zeros((self.accounts, bands))
        expected = np.zeros((self.accounts, bands))
        np.add.at(seen, (self.account[learned], band[learned]), 1)
        for one in range(bands):
            expected[:, one] = np.bincount(
                self.account[learned], share[self.object[learned], one], minlength=self.accounts
            )
        times = np.clip((seen + 1) / (expected + 1), 1, _MOST_EARLIER)
        return np.asarray(times[self.account, band])


def curves(rows: Rows, taken: NDArray[np.bool_], window: int) -> Curves | None:
    """The curves of the rows taken, without objects of one account; None where nothing is left."""
    index = np.flatnonzero(taken)
    for _ in range(3):  # an object of one account leaves accounts with one object
        if not len(index):
            return None
        _, which = np.unique(rows["object"][index], return_inverse=True)
        several = distinct(which, rows["account"][index]) >= 2
        index = index[several[which]]
        if not len(index):
            return None
        _, who = np.unique(rows["account"][index], return_inverse=True)
        index = index[(distinct(who, rows["object"][index]) >= 2)[who]]
    if not len(index):
        return None
    names, account = np.unique(rows["account"][index], return_inverse=True)
    _, what = np.unique(rows["object"][index], return_inverse=True)
    at = rows["at"][index]
    order = np.lexsort((at, what))
    account, what, at, index = account[order], what[order], at[order], index[order]
    milliseconds = np.round((at - at.min()) * 1_000).astype(np.int64)
    reach = window * 1_000
    key = what.astype(np.int64) * (int(milliseconds.max()) + 2 * reach + 2) + milliseconds
    near = np.searchsorted(key, key + reach, "right") - np.searchsorted(key, key - reach, "left")
    size = np.bincount(what)
    return Curves(
        window=window,
        account=account.astype(np.int32),
        object=what.astype(np.int32),
        at=at,
        row=index,
        key=key,
        near=near,
        size=size,
        posters=distinct(what, account),
        names=names,
        starts=np.concatenate([[0], np.cumsum(size)]),
    )


def distinct(group: Ints, value: NDArray[np.int32] | Ints, groups: int | None = None) -> Ints:
    """How many different values each group has; groups are numbered from 0."""
    order = np.lexsort((value, group))
    group, value = group[order], value[order]
    new = np.ones(len(group), bool)
    new[1:] = (group[1:] != group[:-1]) | (value[1:] != value[:-1])
    return np.bincount(group[new], minlength=groups or 0)
