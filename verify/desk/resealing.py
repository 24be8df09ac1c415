"""The sources of a case that stands already, sealed afterwards, as far as that can be done."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from msgspec.structs import replace

from verify.desk.archive import Archive
from verify.desk.comparing import Comparing
from verify.desk.devices import without_device
from verify.desk.keeping import one_of
from verify.desk.numbers import standing
from verify.desk.permissions import require
from verify.desk.sealing import demand_keys, encrypted, masked, without_source
from verify.errors import BadInput, NotFound
from verify.records import About, Claim, Person, Role, SealedSource, Submission, say
from verify.store.casework import quotes
from verify.store.chats import leftovers
from verify.store.folder.home import Home
from verify.store.keeping import custody, gathering, reseal, wipe
from verify.store.keeping.reseal import Hide, Open
from verify.store.localchat import looking, wiping
from verify.store.pictures import examinations

_MOST_NAMED = 10


@dataclass(frozen=True)
class Resealed:
    """How many sources were sealed, and what could not be: custody events that name who brought
    the files, messages in Telegram's chats, earlier exports. compacted: whether the database was
    written anew without them."""

    case_id: int
    sealed: int
    events: int
    telegram: int
    exports: int
    compacted: bool


class Resealing:
    """Seals what came in openly."""

    def __init__(self, home: Home, archive: Archive, comparing: Comparing) -> None:
        self._home = home
        self._store = home.store
        self._archive = archive
        self._comparing = comparing

    def seal_sender(self, person: Person, name: str) -> Iterator[Resealed]:
        """Seal all that somebody brought, case by case.

        name: theirs, or their account; where nobody of that name brought anything, that of a
        source, as `import --by` and forwards name them.

        Raises as `seal`, BadInput where several have the name.
        """
        require(person, Role.EDITOR)
        demand_keys(self._store)
        sender = source = 0
        if brought := gathering.senders(self._store, name):
            sender = one_of(brought, name)
            cases = reseal.cases_of_sender(self._store, sender)
        else:
            source = self._source(name)
            cases = reseal.cases_of_source(self._store, source)
        for case_id in cases:
            standing(self._store, person, case_id, Role.EDITOR)  # before anything is sealed
        for case_id in cases:
            yield self.seal(person, case_id, sender, source)

    def _source(self, name: str) -> int:
        found = gathering.sources(self._store, name)
        if not found:
            known = [one.told for one in gathering.all_senders(self._store, _MOST_NAMED)]
            raise NotFound(
                say(
                    "There is no {name} here from whom something came. Files were brought by:"
                    " {which}.",
                    name=name,
                    which="; ".join(known),
                )
                if known
                else say("There is no {name} here from whom something came.", name=name)
            )
        return one_of(found, name)

    def seal(self, person: Person, number: int, sender: int = 0, source: int = 0) -> Resealed:
        """Seal every source of a case, or what one person brought, or one source stands behind.

        Raises NotFound, NotAllowed, Unavailable; BadInput where nobody has a key, or there is
        nothing to seal.
        """
        demand_keys(self._store)
        case_id = standing(self._store, person, number, Role.EDITOR)
        around = self._comparing.around(case_id)
        left = leftovers.of(self._store, case_id, around - {case_id})
        local_bot = looking.bot_id(self._home.folder)
        telegram = sum(bot_id not in (0, local_bot) for bot_id, _, _ in left.messages)
        # the case goes on, and may be spoken of in the chat again
        wiping.wipe(self._home.folder, dataclasses.replace(left, about=About()))
        with self._store.transaction():
            standing(self._store, person, case_id, Role.EDITOR)
            found = reseal.opens(self._store, case_id, sender, source)
            if not found:
                raise BadInput(say("In case {number} no source is open.", number=case_id))
            stated = reseal.all_claims(self._store, case_id)
            hide = _hiding(found, stated)
            told = reseal.telling(self._store, case_id, hide)
            every = [
                (one, encrypted(self._store, _source(one, first, stated, told)), _masked(one, hide))
                for one, first in zip(found, [True, *[False] * len(found)], strict=False)
            ]
            reseal.take_out(self._store, case_id, every, hide, left)
            for one in found:
                less = partial(without_device, also=[one.submission.filename])
                examinations.narrow(self._store, one.exhibit_id, less)
            quotes.take_back(self._store, around, erase=True)
            custody.append(self._store, "sealed", person.id, case=case_id, sources=len(found))
            stays = reseal.remains(self._store, case_id, telegram)
        self._comparing.settle(case_id)
        compacted = wipe.compact(self._store)
        return Resealed(case_id, len(found), stays.events, stays.telegram, stays.exports, compacted)


def _hiding(found: list[Open], stated: tuple[Claim, ...]) -> Hide:
    """What takes the names of all these sources out of words."""
    origins = [one.submission.origin for one in found] + [one.origin for one in stated]
    known = [one for one in origins if one]
    accounts = [account for one in found for account in one.accounts]

    def hide(text: str) -> str:
        text = without_source(text, None, *accounts)
        for origin in known:
            text = without_source(text, origin)
        return text

    return hide


def _source(
    one: Open, first: bool, stated: tuple[Claim, ...], told: dict[str, str]
) -> SealedSource:
    """All that is taken out, for who has a key; what belongs to the case goes with its first."""
    links = tuple(dict.fromkeys((*one.submission.links, *one.links)))
    return SealedSource(
        submission=replace(one.submission, links=links),
        service=one.service,
        account=one.account,
        name=one.name,
        accounts=one.accounts,
        caption_now=one.caption if one.caption != one.submission.caption else "",
        claims=stated if first else (),
        words=told if first else {},
    )


def _masked(one: Open, hide: Hide) -> Submission:
    kept = masked(one.submission)
    return replace(kept, caption=hide(one.submission.caption))
