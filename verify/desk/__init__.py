"""The use cases of a desk: receive, examine, answer, note, conclude, search.

Library first: chat, the command line and the local page are skins over `Desk`. It is
synchronous and may be called from several threads. Every call takes the acting person;
what it changes carries that person's name.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, closing, nullcontext
from pathlib import Path
from types import TracebackType
from typing import Self

from verify.config import Joining
from verify.desk.archive import Archive
from verify.desk.bagging import Bagging
from verify.desk.bulk import NICENESS, Bulk
from verify.desk.campaign_watch import CampaignWatch
from verify.desk.campaigns import Coincidences
from verify.desk.cases import Cases
from verify.desk.casework import Casework
from verify.desk.catching_up import CatchingUp
from verify.desk.channels import Channels
from verify.desk.comparing import Comparing
from verify.desk.consenting import Consenting
from verify.desk.copying import Copying
from verify.desk.deriving import Deriving
from verify.desk.emblems import Emblems
from verify.desk.examining import Examining
from verify.desk.exporting import Exporting
from verify.desk.films import Films
from verify.desk.hash_lists import HashLists
from verify.desk.hearing import Hearing
from verify.desk.hub import Hub
from verify.desk.judging import Judging
from verify.desk.keeping import Keeping
from verify.desk.ledger import Ledgers
from verify.desk.marking import Marking
from verify.desk.mending import Mending
from verify.desk.pack_sharing import PackSharing
from verify.desk.packs import Packs
from verify.desk.pictures import Pictures
from verify.desk.posts import Posts
from verify.desk.precedence import Precedence
from verify.desk.receiving import Receiving
from verify.desk.renewing import Renewing
from verify.desk.reporting import Reporting
from verify.desk.reports import Reports
from verify.desk.resealing import Resealing
from verify.desk.sealing import Sealing
from verify.desk.second_pass import SecondPass
from verify.desk.signing import Signing
from verify.desk.sources import Sources
from verify.desk.spreading import Spreading
from verify.desk.stamping import Stamping
from verify.desk.stating import Stating
from verify.desk.team import Team
from verify.desk.unbagging import Unbagging
from verify.desk.verdicts import Verdicts
from verify.desk.viewing import Viewing
from verify.desk.wiping import Wiping
from verify.desk.withheld_parts import WithheldParts
from verify.desk.withholding import Withholding
from verify.records import TRUSTING_NOBODY, TrustLists
from verify.sandbox import Sandbox
from verify.store.database.moving import Progress
from verify.store.folder.home import Home, working
from verify.tesseract import Tesseract

_ALONE = Joining()


class Desk:
    """One desk on one home. Use as a context manager, or call close().

    Its parts are its interface: `desk.cases.note(...)`, `desk.pictures.match(...)`; each is
    documented where it stands, `help(desk.cases)`.

    receiving: takes files in, each exactly once, and follows the captions edited later.
    posts: the archive: what stood somewhere and when, as exports tell it.
    campaigns: what accounts posted together, by the clock, in waves; by which way it went.
    campaign_watch: keeps that for the exhibits concerned, and tells of waves.
    channels: those that the bot is a member of, and whose posts go into the archive.
    ledgers: what was said of pictures, by whom and when, and what of it contradicts.
    examining: the lab on a kept file, and on one that is not kept.
    bulk: that on many at once, after whoever waits for an answer.
    second_pass: compares and reads, behind all else, what imports of posts only described.
    spreading: an import whose lab, text and search run on other computers.
    hearing: the sounds of films and recordings, and where they were heard before.
    hash_lists: lists of hashes that others share, and what they name.
    packs: what others checked and published, and what here shows the same.
    pack_sharing: gives others what this desk did not publish, and knows what left.
    hub: what is shared with other desks, and what they saw first.
    emblems: logos, flags and seals that people marked, and where else they stand.
    deriving: makes an exhibit of a part of another.
    copying: makes a copy for others, on which people covered what is to stay theirs.
    archive: every match between kept pictures.
    pictures: draws a match, what changed, what a file hides beside its picture.
    films: draws the strip of a film, and one frame of it.
    viewing: the way out for pictures, in steps where they are covered.
    marking: what people say that exhibits show.
    cases: notes, and answers to the checklist.
    casework: whose a case is, what is due, who may see it, what belongs together.
    consenting: what sources were asked and allowed.
    keeping: until when cases and sources are kept, and what a legal hold keeps.
    claims: what is said about pictures, stated and corrected.
    sources: links and accounts that people add to where a picture stood.
    judging: what people say of matches.
    verdicts: proposed by one person, confirmed by another.
    team: members, roles, invitations, groups, strangers.
    sealing: sources that only the holders of a key can read.
    resealing: seals the sources of what stands already.
    reports: what people read: a case in full, lists of cases, what a search finds.
    reporting: what a report of a case says, and which were made.
    exporting: a case as one file that needs no desk.
    bagging: the same as a bag, by which others can check it.
    unbagging: takes in such bags of other desks, once the lab checked them.
    signing: by which key the desk signs what it hands out.
    stamping: time stamps on the custody record, by somebody outside.
    withholding: what nobody may hold, by a list of hashes or a person's word.
    wiping: takes a case out for good.
    renewing: derives anew what an earlier version derived by other rules.

    Beneath them stand `store`, `sandbox` (the lab) and `tesseract`; `incoming` is the folder of
    files half received, `working` of those half made; `mended` says what was put right when the
    home was opened.
    """

    def __init__(
        self,
        home: Path,
        *,
        reading: bool = False,
        trust: TrustLists = TRUSTING_NOBODY,
        sandbox: Sandbox | None = None,
        progress: Progress | None = None,
        joining: Joining = _ALONE,
    ) -> None:
        """Lock the home and open its store; with `reading`, look into it and change nothing.

        trust: whose signatures in Content Credentials and time stamps are trusted.
        sandbox: a lab to share with other desks, which then end it. progress: is told how far it
        is with a home that an earlier version made, where that takes a while. joining: how it joins
        a hub.
        Raises Unavailable when another desk holds the home, NotFound when there is none to read.
        """
        self._home = Home(home, reading=reading, progress=progress)
        self.store = self._home.store
        self.incoming = self._home.vault.incoming
        self.working = working(home) if not reading else home / "working"
        self._reading = reading
        self._own_sandbox = sandbox is None
        self.sandbox = sandbox or Sandbox(trust=trust)
        self.tesseract = Tesseract()

        self.archive = archive = Archive(self.store, home, reading=reading)
        self._comparing = comparing = Comparing(self.store, archive)
        precedence = Precedence()
        self.renewing = Renewing(self.store, comparing, precedence)

        self.receiving = Receiving(self._home, comparing)
        self.bulk = Bulk(self._lab(trust, sandbox), precedence)
        self.hearing = Hearing(self._home, self.sandbox, precedence, self.bulk)
        self.hash_lists = HashLists(self._home, comparing, precedence)
        self.packs = Packs(self._home, comparing, precedence, reading=reading)
        self.pack_sharing = PackSharing(self._home)
        self.hub = Hub(self._home, archive, comparing, precedence, joining, reading=reading)
        catching_up = CatchingUp(self._home, archive)
        self.examining = Examining(
            self._home,
            self.sandbox,
            self.tesseract,
            archive,
            comparing,
            precedence,
            self.bulk,
            self.hearing,
            WithheldParts(self._home, self.sandbox),
            self.hash_lists,
            self.packs,
            self.hub,
            catching_up,
        )
        self.second_pass = SecondPass(
            self.store, self.bulk, catching_up, self.examining, self.hearing
        )
        self.spreading = Spreading(
            self._home, self.sandbox, archive, self.examining, catching_up, trust
        )
        self.emblems = Emblems(self._home, self.sandbox, precedence)
        self.campaign_watch = CampaignWatch(self.store, comparing)
        self.posts = Posts(self._home, comparing, self.campaign_watch)
        self.channels = Channels(self.store, self.posts)
        self.campaigns = Coincidences(self.store)
        self.ledgers = Ledgers(self.store)
        self.deriving = Deriving(self._home, self.sandbox, comparing)
        self.viewing = Viewing(self._home, self.sandbox, reading=reading)
        self.copying = Copying(self._home, self.sandbox, self.viewing, self.deriving)
        self.marking = Marking(self.store, self.viewing)
        self.pictures = Pictures(self._home, self.viewing, archive)
        self.films = Films(self._home, self.viewing, archive)

        self.cases = Cases(self.store)
        self.consenting = Consenting(self.store)
        self.keeping = Keeping(self.store)
        self.casework = Casework(self.store, comparing)
        self.claims = Stating(self.store, comparing)
        self.sources = Sources(self.store, comparing)
        self.judging = Judging(self.store, archive, comparing)
        self.verdicts = Verdicts(self.store, archive, comparing)
        self.team = Team(self.store)
        self.sealing = Sealing(self.store)

        self.reports = Reports(self.store, archive, comparing, self.hearing)
        self.reporting = Reporting(
            self.store,
            self.reports,
            self.posts,
            self.ledgers,
            self.pictures,
            self.campaigns,
        )
        self.exporting = Exporting(self._home, self.reports)
        self.signing = Signing(self.store)
        self.stamping = Stamping(self.store)
        self.bagging = Bagging(self._home, self.reports)
        self.unbagging = Unbagging(self._home, self.receiving)
        self.withholding = Withholding(self._home, archive, self.hearing)
        self.wiping = Wiping(self._home, archive, comparing, self.hearing, self.campaign_watch)
        self.resealing = Resealing(self._home, archive, comparing)
        self.mended = () if reading else Mending(self._home, comparing).mend()
        if not reading:
            self.mended = (*self.mended, *self.wiping.start())
            comparing.go_on()
            self.campaign_watch.go_on()

    def _lab(
        self, trust: TrustLists, shared: Sandbox | None
    ) -> Callable[[int], AbstractContextManager[Sandbox]]:
        """What makes a lab for many files, apart from that of files which somebody waits for."""
        if shared:
            return lambda children: nullcontext(shared)
        return lambda children: closing(Sandbox(children, trust=trust, niceness=NICENESS))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the lab's children, keep the index, let the next desk in."""
        if not self._reading:
            self.second_pass.close()
            self.renewing.close()
            self.emblems.close()
            self.hash_lists.close()
            self.packs.close()
            self.hub.close()
            self.wiping.close()
            self.campaign_watch.close()
            self._comparing.close()
        self.archive.close()
        self.viewing.close()
        if self._own_sandbox:
            self.sandbox.close()
        self._home.close()

    def prepare(self) -> None:
        """Begin what nobody should have to wait for: indexes filled, what is derived renewed."""
        self.archive.prepare()
        self.viewing.begin()
        self.renewing.begin()
        self.emblems.begin()
        self.hash_lists.begin_looking()
        self.packs.begin_looking()
        self.hub.begin()
        self.second_pass.begin()
        self.campaign_watch.begin()
