"""What people stated of accounts that explains why they post the same: one owner, one agency."""

from __future__ import annotations

from verify.folding import fold_words
from verify.matching.clusters import Clusters
from verify.records import Explaining, Explanation, Person, Relation
from verify.store.database.connection import Store
from verify.store.posts import accounts, coinciding

_ONE_OWNER = (Relation.SAME_OWNER, Relation.SAME_HANDS)


def explanations(store: Store, person: Person) -> tuple[Explanation, ...]:
    """Accounts of one owner, and customers of one agency, as people stated them. Who has one owner
    with an account has one with all that it has one with."""
    owners = Clusters()
    joined: set[int] = set()
    customers: dict[str, set[int]] = {}
    for account_id, said in coinciding.related(store, (*_ONE_OWNER, Relation.CUSTOMER_OF)):
        if said.kind is Relation.CUSTOMER_OF:
            customers.setdefault(fold_words(said.value), set()).add(account_id)
            continue
        for other in accounts.named(store, person, said.value):
            owners.join(account_id, other.id)
            joined |= {account_id, other.id}
    groups: dict[int, set[int]] = {}
    for one in joined:
        groups.setdefault(owners.of(one), set()).add(one)
    kinds = [(Explaining.SAME_OWNER, groups.values()), (Explaining.ONE_AGENCY, customers.values())]
    return tuple(
        Explanation(kind, tuple(sorted(group)))
        for kind, several in kinds
        for group in several
        if len(group) > 1
    )
