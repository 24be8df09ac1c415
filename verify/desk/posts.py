"""The archive of posts: what exports bring, read again by account, exhibit and time."""

from __future__ import annotations

import hashlib
from array import array
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path, PurePosixPath

from msgspec.structs import replace

from verify.comparisons.networks import read_link
from verify.desk.campaign_watch import CampaignWatch
from verify.desk.circumstances import ANYBODY
from verify.desk.clusters import copies_of, touching
from verify.desk.comparing import Comparing
from verify.desk.keeping import set_keep
from verify.desk.numbers import standing
from verify.desk.permissions import require
from verify.desk.receiving import entered
from verify.desk.standing_watch import tell_of_account
from verify.desk.withholding import withheld_by_bytes, withheld_now
from verify.errors import BadInput, NotFound
from verify.matching.clusters import Clusters
from verify.records import (
    Account,
    AccountEvent,
    AccountReport,
    Addressed,
    Appearances,
    Keepable,
    KeptPost,
    Origin,
    OriginKind,
    Person,
    Post,
    PostEventKind,
    Rating,
    Receipt,
    Relation,
    Role,
    SentAs,
    Statement,
    Submission,
    say,
    shown_name,
)
from verify.store.casework import sightings, stale, submissions, verdicts
from verify.store.database.connection import Store
from verify.store.folder.home import Home
from verify.store.folder.vault import Preserved
from verify.store.keeping import custody
from verify.store.pictures import exhibits, matches, uncompared
from verify.store.posts import accounts, post_events, posts, shelves
from verify.store.posts.posts import Added
from verify.store.search import full_text

_MOST_FORWARDED = 20
_A_DAY = timedelta(days=1)
GRADES = "ABCDEF"
"""Of reliability, by the Admiralty code."""


@dataclass(frozen=True)
class Taken:
    """What came of a post. new: whether it was not here before. media: a receipt for each file that
    came with it now, by its number."""

    new: bool
    media: dict[int, Receipt]


class Posts:
    """Takes posts in, each exactly once, and finds them again."""

    def __init__(self, home: Home, comparing: Comparing, watch: CampaignWatch) -> None:
        self._comparing = comparing
        self._watch = watch
        self._vault = home.vault
        self._store: Store = home.store

    def begin(
        self,
        person: Person,
        what: str,
        *,
        confidential: bool = False,
        until: date | None = None,
    ) -> int:
        """The number of an import: a new one, or that of the same files which did not end.

        confidential: only who imports may see what it brings. until: the last day on which it is
        kept.
        """
        require(person, Role.REPORTER)
        digest = custody.digest(what)
        with self._store.transaction():
            number = shelves.begin(self._store, person.id, digest, confidential=confidential)
            custody.append(self._store, "import begun", person.id, shelf=number)
            if until:
                set_keep(self._store, person, Keepable.IMPORT, number, until=until)
        return number

    def take(
        self, person: Person, number: int, post: Post, files: Mapping[int, Path | bytes]
    ) -> Taken:
        """Keep a post and its files. Doing it again changes nothing.

        number: of the import. files: by their place in `post.media`; what is not there is missing.
        Raises Unavailable when it cannot be written; then nothing was.
        """
        require(person, Role.REPORTER)
        kept = {place: self._vault.preserve(file) for place, file in sorted(files.items())}
        with self._store.transaction():
            [(post_id, new, _)] = self._words(number, [post])
            media = {
                place: self._media(person, number, post_id, post, place, one)
                for place, one in kept.items()
            }
            if repeats := len(kept) - len({one.sha256 for one in kept.values()}):
                posts.lacks_fewer(self._store, post_id, repeats)
        return Taken(new, {place: receipt for place, receipt in media.items() if receipt})

    def take_words(self, person: Person, number: int, several: Collection[Post]) -> int:
        """Keep posts without files, all or none; gives how many were not here. As `take`."""
        require(person, Role.REPORTER)
        with self._store.transaction():
            return sum(one.new for one in self._words(number, several))

    def gone(
        self, person: Person, number: int, network: str, place: str, present: Iterable[int]
    ) -> int:
        """Note which posts of a place an import's export of it lacks between its first and its
        last; how many. present: the numbers of all that is in it."""
        require(person, Role.REPORTER)
        if not present:
            return 0
        ordered = array("q", sorted(present))
        with self._store.transaction():
            return post_events.gone(self._store, number, network, place, ordered)

    def _words(self, number: int, several: Collection[Post]) -> list[Added]:
        """What came of posts. Inside a transaction."""
        added = [posts.add(self._store, post, number) for post in several]
        at, case_id = datetime.now(UTC), shelves.case_of(number)
        full_text.index_all(
            self._store,
            [
                full_text.Texts("post", one.id, case_id, self._texts(post, one), at)
                for post, one in zip(several, added, strict=True)
                if one.changed or (one.new and post.text)
            ],
        )
        return added

    def _texts(self, post: Post, one: Added) -> tuple[str, ...]:
        return post_events.texts(self._store, one.id) if one.changed else (post.text,)

    def _media(
        self, person: Person, number: int, post_id: int, post: Post, place: int, kept: Preserved
    ) -> Receipt | None:
        submission = _submission(post, place, kept.sha256)
        key = (submission.bot_id, submission.chat_id, submission.message_id)
        if done := submissions.receipt(self._store, *key):
            posts.add_media(self._store, post_id, done.submission_id)
            if shelves.open_up(self._store, done.submission_id, number):
                stale.mark_exhibit(self._store, done.exhibit_id)
                stale.mark_alike(self._store, done.exhibit_id)
            return done
        case_id = shelves.case_of(number)
        receipt = submissions.add(self._store, person, submission, kept, case_id)
        posts.add_media(self._store, post_id, receipt.submission_id)
        custody.append(
            self._store,
            "received",
            person.id,
            shelf=number,
            exhibit=kept.sha256,
            submission=receipt.submission_id,
        )
        entered(self._store, person, kept, receipt)
        if withheld_by_bytes(self._store, self._vault.path(kept.sha256), kept.sha256):
            withheld_now(self._store, person.id, receipt.exhibit_id)
        stale.mark_exhibit(self._store, receipt.exhibit_id)
        return receipt

    def end(self, person: Person, number: int) -> None:
        """Note that an import has come to its end."""
        with self._store.transaction():
            shelves.end(self._store, number)
            stale.mark_of_shelf(self._store, number)
            custody.append(self._store, "import ended", person.id, shelf=number)
        self._comparing.go_on()
        self._watch.go_on()

    def every(self, person: Person) -> Iterator[KeptPost]:
        """All posts that a person may see, in the order of their times."""
        require(person, Role.VIEWER)
        yield from posts.every(self._store, person)

    def with_words(self, person: Person, text: str) -> list[KeptPost]:
        """The posts in which every word stands, in the order of their times."""
        require(person, Role.VIEWER)
        return posts.with_words(self._store, person, text)

    def of(self, person: Person, name: str) -> Iterator[KeptPost]:
        """The posts of the accounts that were ever called so, in the order of their times."""
        require(person, Role.VIEWER)
        for account in accounts.named(self._store, person, name):
            yield from posts.of_account(self._store, person, account.id)

    def accounts(self, person: Person, name: str) -> list[AccountReport]:
        """The accounts that were ever called so. Raises NotFound where there is none for them."""
        require(person, Role.VIEWER)
        found = accounts.named(self._store, person, name)
        if not found:
            raise NotFound(say("There are no posts of an account named {name} here.", name=name))
        return [self._report(person, one) for one in found]

    def note_account(
        self, person: Person, account_id: int, event: AccountEvent
    ) -> AccountEvent | None:
        """Note what somebody saw of an account. What they noted of it within a day, in the same
        words and with no other event since, is given back, and not noted again. Raises NotFound."""
        require(person, Role.REPORTER)
        known = accounts.of_ids(self._store, person, [account_id])
        if not known:
            raise NotFound(say("There is no such account."))
        own = posts.of_account(self._store, ANYBODY, account_id)
        shown = (sha256 for one in own for sha256 in one.exhibits)
        last = known[0].names[-1]
        name = shown_name(last.name, last.handle) or known[0].key
        with self._store.transaction():
            before = accounts.last_noted(self._store, account_id)
            if before and _same(before, event, person):
                return before[1]
            accounts.note(self._store, person.id, account_id, event)
            tell_of_account(self._store, name, self._copies(shown), event.kind)
            stale.mark_of_accounts(self._store, [account_id])
            custody.append(self._store, "account seen", person.id, account=account_id)
        self._comparing.go_on()
        return None

    def state_account(self, person: Person, account_id: int, said: Statement) -> None:
        """Keep what somebody states of an account, which needs a reason. Raises NotFound,
        BadInput."""
        require(person, Role.REPORTER)
        if not said.reason.strip():
            raise BadInput(say("Please write why."))
        if said.kind is Relation.RELIABLE and said.value not in GRADES:
            raise BadInput(say("A grade is a letter from A (reliable) to F (cannot be judged)."))
        if not accounts.of_ids(self._store, person, [account_id]):
            raise NotFound(say("There is no such account."))
        with self._store.transaction():
            accounts.state(self._store, person.id, account_id, said)
            stale.mark_of_accounts(self._store, [account_id])
            text = custody.digest(said.reason)
            custody.append(self._store, "account stated", person.id, account=account_id, text=text)
        self._comparing.go_on()
        self._watch.go_on()

    def appearances(self, person: Person, case_id: int, exhibit_id: int) -> Appearances:
        """Where an exhibit of a case and its copies stood, as far as a person may see it. Raises
        NotFound."""
        case_id = standing(self._store, person, case_id)
        exhibits.known(self._store, exhibit_id, case_id)
        found = self.showing(person, exhibit_id)
        came = sightings.of_exhibits(self._store, [case_id], copies_of(self._store, exhibit_id))
        links = dict.fromkeys(link for some in came.values() for one in some for link in one.links)
        shown = {one.id for one in found.posts}
        return replace(found, addressed=tuple(self._addressed(person, links, shown)))

    def _addressed(
        self, person: Person, links: Iterable[str], shown: set[int]
    ) -> Iterator[Addressed]:
        """The posts that links lead to, but for those that are shown already."""
        for link in links:
            read = read_link(link, now=datetime.now(UTC))
            if read is None or read[1].archived:
                continue
            name, led = read
            held = [
                one
                for one in posts.numbered(self._store, person, name.lower(), led.id)
                if _stands_at(one, link)
            ]
            if not held:
                yield Addressed(link=link, network=name)
            elif held[0].id not in shown:
                yield Addressed(link=link, network=name, post=held[0])

    def showing(self, person: Person, exhibit_id: int) -> Appearances:
        """As `appearances`, of whichever case the exhibit is."""
        copies = copies_of(self._store, exhibit_id)
        shown = copies | touching(self._store, copies)
        found = posts.showing(self._store, person, shown)
        return _appearances(found, uncompared.share(self._store, person))

    def _report(self, person: Person, account: Account) -> AccountReport:
        own = posts.of_account(self._store, person, account.id)
        times = [one.earliest for one in own if one.earliest and one.post.zone_known]
        shown = dict.fromkeys(sha256 for one in own for sha256 in one.exhibits)
        first, later = self._placed(person, account.id, shown)
        forwards = Counter(one.post.forwarded_from for one in own if one.post.forwarded_from)
        return AccountReport(
            account=account,
            events=accounts.events(self._store, account.id),
            posts=len(own),
            first_seen=min(times, default=None),
            last_seen=max(times, default=None),
            exhibits=tuple(shown),
            first=first,
            later=later,
            forwards=tuple(forwards.most_common(_MOST_FORWARDED)),
            statements=accounts.statements(self._store, account.id),
            verdicts=self._concluded(person, shown),
            compared=uncompared.share(self._store, person) if shown else None,
            edited=_how_many(own, PostEventKind.EDITED),
            gone=_how_many(own, PostEventKind.GONE),
        )

    def _concluded(self, person: Person, shown: Iterable[str]) -> tuple[tuple[Rating, int], ...]:
        """What was concluded about pictures, whose copies count too, and how often."""
        concluded = verdicts.concluded_about(self._store, person, self._copies(shown))
        return tuple(Counter(one.rating for one in concluded).most_common())

    def _copies(self, shown: Iterable[str]) -> set[int]:
        """The exhibits with these digests, and copies of them."""
        ids = exhibits.with_digests(self._store, shown)
        return ids.union(*matches.copies(self._store, ids))

    def _placed(self, person: Person, account_id: int, shown: Iterable[str]) -> tuple[int, int]:
        """Of how many pictures an account surely had the first post, and surely a later one."""
        ids = exhibits.with_digests(self._store, shown)
        clusters = Clusters()
        # a part of a picture that stands elsewhere counts too: it may have been first
        touching = [one.correspondence for one in matches.touching(self._store, ids)]
        pairs = [
            *matches.copies(self._store, ids),
            *((one.exhibit_id, one.earlier_exhibit_id) for one in touching),
        ]
        for one, other in pairs:
            clusters.join(one, other)
        groups: dict[int, set[int]] = {}
        for one in ids.union(*pairs):
            groups.setdefault(clusters.of(one), set()).add(one)
        first = later = 0
        for group in groups.values():
            seen = posts.showing(self._store, person, group)
            own = [one for one in seen if one.account_id == account_id]
            others = [one for one in seen if one.account_id != account_id]
            if any(all(one.surely_before(other) for other in others) for one in own if one.latest):
                first += 1
            elif own and all(any(other.surely_before(one) for other in others) for one in own):
                later += 1
        return first, later


def _stands_at(one: KeptPost, link: str) -> bool:
    """Whether a post with the id that a link has is the one that it leads to: Telegram counts in
    each chat anew."""
    if one.post.network != "telegram":
        return True
    parts = [part.lower() for part in link.partition("://")[2].split("/")[1:-1]]
    return bool({one.post.place.lower(), one.post.handle.lower()} & {*parts})


def _how_many(several: Iterable[KeptPost], kind: PostEventKind) -> int:
    return sum(any(event.kind is kind for event in one.events) for one in several)


def _same(last: tuple[int, AccountEvent], event: AccountEvent, person: Person) -> bool:
    """Whether somebody noted the same of an account just before. last: by whom, and what."""
    by, before = last
    return (
        by == person.id
        and (before.kind, before.link, before.note) == (event.kind, event.link, event.note)
        and abs(event.at - before.at) < _A_DAY
    )


def _appearances(found: list[KeptPost], compared: int | None) -> Appearances:
    timed = [one for one in found if one.latest]
    return Appearances(
        posts=tuple(found),
        first=bool(timed) and all(timed[0].surely_before(one) for one in timed[1:]),
        compared=compared,
    )


def _submission(post: Post, place: int, sha256: str) -> Submission:
    """A file of a post as it arrives. The post and its bytes make its number: an export may tell of
    a post once for each of its files."""
    body = "\0".join((post.network, post.place, post.id)).encode("utf-8", "surrogatepass")
    shown = shown_name(post.name, post.handle) or post.account
    known = posts.span(post)
    fine = post.zone_known and post.resolution_s <= posts.FINE
    posted_at = (known[0] if fine else known[1]) if known else None
    origin = Origin(
        kind=OriginKind.USER if post.person else OriginKind.CHANNEL,
        name=shown,
        external_id=f"{post.network}:{accounts.key_of(post)}",
        username=post.handle,
        posted_at=posted_at,
    )
    return Submission(
        service="import",
        bot_id=0,
        chat_id=int.from_bytes(hashlib.sha256(body).digest()[:8]) >> 1,
        message_id=int(sha256[:16], 16) >> 1,
        sent_as=SentAs.IMPORT,
        received_at=datetime.now(UTC),
        filename=PurePosixPath(post.media[place].path).name,
        caption=post.text,
        origin=origin if shown else None,
        links=(post.link,) if post.link else (),
    )
