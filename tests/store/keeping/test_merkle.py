"""A path through the tree leads to its root, for every number of events."""

from __future__ import annotations

import hashlib

from verify.lab.check_bag import root_above
from verify.store.keeping.merkle import Tree


def test_every_path_leads_to_the_root_and_to_no_other() -> None:
    hashes = [hashlib.sha256(bytes([number])).hexdigest() for number in range(40)]
    for size in range(1, 40):
        tree = Tree(hashes[:size])
        for at in range(size):
            path = [bytes.fromhex(one) for one in tree.path(at)]
            assert root_above(at, size, bytes.fromhex(hashes[at]), path) == tree.root
            assert root_above(at, size, bytes.fromhex(hashes[size]), path) != tree.root
            other = root_above((at + 1) % size, size, bytes.fromhex(hashes[at]), path)
            assert size == 1 or other != tree.root
