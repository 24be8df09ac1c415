"""What of a case goes to the hub: seen before it leaves, and taken back.

Fingerprints and local features of pictures and films, when this desk saw them first, what it
published, and whom to ask. No picture however small, no words, no source, no SHA-256.
"""

from __future__ import annotations

import hashlib
from datetime import datetime

from msgspec.structs import replace

from verify.desk.numbers import standing
from verify.desk.permissions import require
from verify.errors import BadInput
from verify.records import (
    HubEntry,
    PackedView,
    Person,
    Role,
    Sentence,
    Sharing,
    ToShare,
    View,
    ViewKind,
    say,
)
from verify.store.care import withheld
from verify.store.casework import cases, sealed
from verify.store.database.connection import Store, stamp
from verify.store.hubs import shared
from verify.store.hubs.entry import packed
from verify.store.keeping import custody
from verify.store.packs.bounds import MOST_POINTS
from verify.store.pictures import exhibits, features, views
from verify.store.posts import posts

_DESCRIBED = (ViewKind.WHOLE, ViewKind.FRAME)
_LEAST_QUALITY = 50  # of PDQ: below it tells no pictures apart


def look(store: Store, person: Person, number: int, ask: str) -> Sharing:
    """What would go of a case, all of it. Raises NotFound, NotAllowed, and BadInput for a case of
    which nothing leaves."""
    require(person, Role.EDITOR)
    case_id = standing(store, person, number)
    if not ask:
        raise BadInput(
            say(
                "Other desks have to know whom to ask: set {setting} to a name and how to reach"
                " them.",
                setting="VERIFY_HUB_CONTACT",
            )
        )
    found = exhibits.of_case(store, case_id)
    row = cases.case(store, case_id)
    if row is not None and row["confidential"]:
        raise BadInput(
            say("Case {number} is confidential: nothing of it goes to the hub.", number=case_id)
        )
    if sealed.of_exhibits(store, found):
        raise BadInput(
            say("Case {number} has a sealed source: nothing of it goes to the hub.", number=case_id)
        )
    going: list[ToShare] = []
    left: list[tuple[int, Sentence]] = []
    for exhibit_id in found:
        if why := _stays(store, exhibit_id):
            left.append((exhibit_id, why))
        elif one := _to_share(store, case_id, exhibit_id, ask):
            going.append(one)
        else:
            left.append(
                (exhibit_id, say("Nothing is seen in it by which it could be found again."))
            )
    digest = hashlib.sha256()
    for one in going:
        digest.update(packed(one.entry) + stamp(one.first_seen).encode())
    return Sharing(case_id, digest.hexdigest(), tuple(going), tuple(left))


def share(store: Store, person: Person, number: int, ask: str, seen: str) -> Sharing:
    """Have sent what was seen. seen: the digest of what was shown. Raises as `look`, and BadInput
    where that is not what would go now."""
    with store.transaction():
        going = look(store, person, number, ask)
        if going.digest != seen:
            raise BadInput(say("What would go has changed meanwhile: look at it again."))
        for one in going.exhibits:
            if one.shared:
                continue
            body = packed(one.entry)
            shared.add(store, one.exhibit_id, person.id, one.first_seen, body)
            known = exhibits.known(store, one.exhibit_id).sha256
            digest = hashlib.sha256(body).hexdigest()
            custody.append(
                store, "shared with hub", person.id, case=going.case_id, exhibit=known, entry=digest
            )
    return going


def withdraw(store: Store, person: Person, number: int) -> int:
    """Take back what was shared of a case's exhibits; gives of how many. Raises NotFound."""
    require(person, Role.EDITOR)
    with store.transaction():
        case_id = standing(store, person, number)
        count = shared.withdraw(store, exhibits.of_case(store, case_id))
        if count:
            custody.append(store, "withdrawn from hub", person.id, case=case_id, exhibits=count)
    return count


def may_be_told(store: Store, exhibit_id: int) -> bool:
    """Whether a hub may be asked about an exhibit by its hashes."""
    hidden = _stays(store, exhibit_id) or sealed.of_exhibits(store, [exhibit_id])
    return not hidden and _stands_open(store, exhibit_id)


def _stands_open(store: Store, exhibit_id: int) -> bool:
    """Whether an exhibit stands in a case that the whole desk may see."""
    return any(
        (row := cases.case(store, case_id)) is not None and not row["confidential"]
        for case_id in exhibits.all_cases_of(store, exhibit_id)
        if case_id > 0
    )


def _stays(store: Store, exhibit_id: int) -> Sentence | None:
    if withheld.is_withheld(store, exhibit_id):
        return say("It is withheld.")
    if posts.of_closed_chat(store, exhibit_id):
        return say("It came out of a closed chat.")
    return None


def _to_share(store: Store, case_id: int, exhibit_id: int, ask: str) -> ToShare | None:
    made = tuple(_view(store, exhibit_id, one) for one in views.of_exhibit(store, exhibit_id))
    told = tuple(one for one in made if one.kind is ViewKind.WHOLE or one.pdq or one.features)
    if not any(one.pdq or one.features for one in told):
        return None
    entry = HubEntry(ask, told, shared.published(store, case_id, exhibit_id))
    body = packed(entry)
    return ToShare(
        exhibit_id=exhibit_id,
        first_seen=_first_seen(store, case_id, exhibit_id),
        entry=entry,
        size=len(body),
        shared=shared.stands(store, exhibit_id, body),
    )


def _first_seen(store: Store, case_id: int, exhibit_id: int) -> datetime:
    return exhibits.known(store, exhibit_id, case_id).submission.received_at


def _view(store: Store, exhibit_id: int, view: View) -> PackedView:
    from verify.lab.features import stored  # it loads OpenCV

    view_id = views.id_of(store, exhibit_id, view)
    described = view.kind in _DESCRIBED and view_id is not None
    found = features.of(store, view_id) if described and view_id is not None else None
    pdq = next(
        (
            one.hash
            for one in view.fingerprints
            if one.algorithm == "pdq" and (one.quality or 0) >= _LEAST_QUALITY
        ),
        b"",
    )
    return PackedView(
        kind=view.kind,
        pdq=pdq,
        at_ms=view.at_ms,
        corners=view.corners,
        number=view.number,
        features=found and replace(stored(found, MOST_POINTS), thumbnail=b"", frame=b""),
    )
