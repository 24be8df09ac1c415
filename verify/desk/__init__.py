"""The use cases of a desk: receive, examine, answer, note, conclude, search.

Library first: chat, the command line and the local page are skins over `Desk`. It is
synchronous and may be called from several threads. Every call takes the acting person;
what it changes carries that person's name.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Self

import msgspec

from verify import checklist
from verify.desk.archive import Archive
from verify.desk.casework import Casework, caption_waits
from verify.desk.comparing import Comparing
from verify.desk.examining import Examining
from verify.desk.permissions import require
from verify.desk.pictures import Pictures
from verify.desk.team import Team
from verify.desk.wiping import Wiping
from verify.errors import BadInput, NotFound
from verify.reading.dates import kept_date
from verify.records import (
    Answer,
    CaseFilter,
    CaseLine,
    CaseReport,
    Claim,
    Examination,
    ExhibitReport,
    Hit,
    Match,
    Note,
    Person,
    Priority,
    Rating,
    Receipt,
    Reply,
    Role,
    Spot,
    Status,
    Submission,
    Verdict,
    VerdictState,
    say,
)
from verify.sandbox import Sandbox
from verify.store import (
    answers,
    cases,
    casework,
    claims,
    custody,
    examinations,
    exhibits,
    export,
    notes,
    people,
    sightings,
    submissions,
    verdicts,
    visibility,
    words,
)
from verify.store.home import Home
from verify.store.store import Row, moment
from verify.store.wipe import Wiped
from verify.tesseract import Tesseract

_ALL_CASES = CaseFilter()
_LONGEST_TEXT = 4000  # characters a person may write at once


class Desk:
    """One desk on one home. Use as a context manager, or call close()."""

    def __init__(
        self,
        home: Path,
        *,
        reading: bool = False,
        trust_list: str = "",
        sandbox: Sandbox | None = None,
    ) -> None:
        """Lock the home and open its store; with `reading`, look into it and change nothing.

        trust_list: certificates (PEM) whose signatures in Content Credentials are trusted.
        sandbox: a lab to share with other desks, which then end it.
        Raises Unavailable when another desk holds the home, NotFound when there is none to read.
        """
        self._home = Home(home, reading=reading)
        self.store = self._home.store
        self.incoming = self._home.vault.incoming
        self._reading = reading
        self._own_sandbox = sandbox is None
        self.sandbox = sandbox or Sandbox(trust_list=trust_list)
        self.tesseract = Tesseract()
        self._archive = Archive(self.store, home)
        self._comparing = Comparing(self.store, self._archive)
        self._examining = Examining(self._home, self.sandbox, self.tesseract, self._archive)
        self.team = Team(self.store)
        self.casework = Casework(self.store, self._comparing.around)
        self.pictures = Pictures(self._home, self.sandbox, self._archive, self.casework)
        self._wiping = Wiping(self._home, self._archive, self._comparing)
        if not reading:
            self._wiping.finish()

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
            self._archive.close()
        if self._own_sandbox:
            self.sandbox.close()
        self._home.close()

    # --- people ---------------------------------------------------------------------------

    def person(self, platform: str, external_id: str, name: str, language: str = "") -> Person:
        """The person of that account, made known or renamed when needed."""
        return people.known(self.store, platform, external_id, name, language)

    def at_console(self, external_id: str, name: str, language: str) -> Person:
        """Whoever works on the desk's own computer: an owner, to whom no case is a secret."""
        person = self.person("terminal", external_id, name, language)
        return msgspec.structs.replace(person, language=language, role=Role.OWNER, at_console=True)

    def speak(self, person: Person, language: str) -> None:
        """Change the language in which this person reads."""
        people.set_language(self.store, person.id, language)

    # --- the way of one file ----------------------------------------------------------------

    def receive(self, person: Person, submission: Submission, content: bytes | Path) -> Receipt:
        """Preserve a file before anything decodes it, and open or join its case.

        A new file opens a case; an album joins one; known bytes add a sighting to the case
        they are in. Repeating a submission changes nothing and gives the same receipt.
        Raises Unavailable when it cannot be written; then nothing was.
        """
        require(person, Role.REPORTER)
        key = (submission.bot_id, submission.chat_id, submission.message_id)
        if done := submissions.receipt(self.store, *key):
            return done
        kept = self._home.vault.preserve(content)
        with self.store.transaction():
            if done := submissions.receipt(self.store, *key):
                return done
            receipt = submissions.add(self.store, person, submission, kept)
            if submission.caption and self.casework.may_write(person, receipt.case_id):
                self._claim_caption(person, submission, receipt)
            custody.append(
                self.store,
                "received",
                person.id,
                case=receipt.case_id,
                exhibit=kept.sha256,
                submission=receipt.submission_id,
            )
            if not receipt.known:
                custody.append(self.store, "preserved", person.id, exhibit=kept.sha256)
        if receipt.known:
            self._comparing.around(receipt.case_id)
            self._comparing.make_findable(receipt.exhibit_id)
        return receipt

    def _claim_caption(self, person: Person, submission: Submission, receipt: Receipt) -> None:
        claims.add(
            self.store,
            person,
            receipt.case_id,
            submission.caption,
            claimant=submission.origin.name if submission.origin else "",
            # an album's caption speaks of all its pictures
            exhibit_id=None if submission.album else receipt.exhibit_id,
            submission_id=receipt.submission_id,
        )

    def examine(self, person: Person, exhibit_id: int, *, again: bool = False) -> None:
        """Run the lab on an exhibit, find its matches, compare. Does nothing when that is done,
        unless `again`; examining again adds an examination and overwrites none."""
        require(person, Role.REPORTER)
        exhibit = exhibits.known(self.store, exhibit_id)
        if again or not examinations.latest(self.store, exhibit_id):
            self._examining.examine(person, exhibit)
            self._comparing.make_findable(exhibit_id)
        self._comparing.cases(exhibits.all_cases_of(self.store, exhibit_id))

    def look(
        self, person: Person, content: bytes | Path, filename: str
    ) -> tuple[Examination, list[Match]]:
        """Examine and match a file without keeping anything."""
        return self._examining.look(person, content, filename)

    def edit_caption(
        self,
        person: Person,
        bot_id: int,
        chat_id: int,
        message_id: int,
        caption: str,
        links: tuple[str, ...] = (),
        key: str = "",
    ) -> Claim | None:
        """An edited caption: a new version of the claim that the message made.

        Gives it; the claim as it stays if the caption was taken away. None if nothing changed or
        the message is not a submission. The same non-empty key gives the same again. Raises
        BadInput when the case is locked: the sighting keeps the words.
        """
        require(person, Role.REPORTER)
        if key and (done := claims.with_key(self.store, key)):
            return done
        claim = None
        with self.store.transaction():
            row = sightings.change_caption(self.store, bot_id, chat_id, message_id, caption, links)
            if row is None:
                return None
            former = claims.of_submission(self.store, row["id"])
            fresh = bool(caption) and not (former and former.text == caption)
            if fresh and self.casework.may_write(person, row["case_id"]):
                claim = self._claim_edited(person, row, caption, former, key)
        self._comparing.around(row["case_id"])
        if claim:
            return claims.claim(self.store, claim.id)
        if not visibility.sees(self.store, person, row["case_id"]):
            return None
        if fresh:
            raise BadInput(caption_waits(row["case_id"]))
        return former if row["former_caption"] and not caption else None

    def _claim_edited(
        self, person: Person, row: Row, caption: str, former: Claim | None, key: str
    ) -> Claim | None:
        claim = claims.add(
            self.store,
            person,
            row["case_id"],
            caption,
            exhibit_id=None if row["album"] else row["exhibit_id"],
            submission_id=row["id"],
            revises=former.id if former else None,
            key=key,
        )
        self._noted(person, "claimed", row["case_id"], claim=claim.id if claim else 0)
        return claim

    # --- what people write ------------------------------------------------------------------

    def note(self, person: Person, case_id: int, text: str, *, key: str = "") -> Note:
        """Add a note. The same non-empty key adds it once."""
        self.casework.open(person, case_id)
        text = _written(text)
        with self.store.transaction():
            note = notes.add(self.store, person, case_id, text, key)
            if note:
                self._noted(person, "noted", case_id, note=note.id, text=custody.digest(text))
        again = note or notes.with_key(self.store, key)
        assert again is not None  # noqa: S101 - a refused key is in use
        return again

    def noted(self, person: Person, key: str) -> Note | None:
        """The note that was added under this key, in a case that this person may see."""
        note = notes.with_key(self.store, key)
        return note if note and visibility.sees(self.store, person, note.case_id) else None

    def undo_note(self, person: Person, note_id: int) -> bool:
        """Take one's own note back; it stays in the record as withdrawn.

        False if it was taken back before, or is somebody else's. Raises BadInput when its
        case is concluded.
        """
        note = notes.note(self.store, note_id)
        if note is None:
            raise NotFound(say("There is no such note."))
        self.casework.open(person, note.case_id)
        with self.store.transaction():
            withdrawn = notes.withdraw(self.store, person.id, note_id)
            if withdrawn:
                custody.append(self.store, "withdrawn", person.id, note=note_id)
        return withdrawn

    def claim(
        self,
        person: Person,
        case_id: int,
        text: str,
        *,
        exhibit_id: int | None = None,
        claimant: str = "",
        revises: int | None = None,
        key: str = "",
        said: claims.Said | None = None,
    ) -> Claim:
        """State what is said about a picture; `revises` names the claim this is a version of.

        The date and the place are read from the words, unless `said` has them. Compares again
        wherever the picture stands. Raises NotFound, BadInput.
        """
        self.casework.open(person, case_id)
        text = _written(text)
        if key and (done := claims.with_key(self.store, key)):
            return done
        with self.store.transaction():
            claim = claims.add(
                self.store,
                person,
                case_id,
                text,
                claimant=claimant,
                exhibit_id=exhibit_id,
                revises=revises,
                key=key,
                said=said,
            )
            if claim is None:
                raise NotFound(say("There is no such claim in this case."))
            self._noted(person, "claimed", case_id, claim=claim.id, text=custody.digest(text))
        self._comparing.around(case_id)
        return claims.claim(self.store, claim.id) or claim

    def correct(
        self,
        person: Person,
        case_id: int,
        claim_id: int,
        *,
        claimed_at: str | None = None,
        spot: Spot | None = None,
        key: str = "",
    ) -> Claim:
        """State the date or the place that a claim means, as a new version of it.

        claimed_at, spot: "" and a nameless spot say that none is meant; None leaves it as it is.
        Raises NotFound, BadInput.
        """
        self.casework.open(person, case_id)
        if key and (done := claims.with_key(self.store, key)):
            return done
        former = self.claim_now(person, case_id, claim_id)
        said = claims.said(former)
        if claimed_at is not None:
            if claimed_at and not kept_date(claimed_at):
                raise BadInput(say("There is no such date."))
            said = replace(said, claimed_at=claimed_at, date_stated=True)
        if spot is not None:
            said = replace(said, spot=spot, place_stated=True)
        if said == claims.said(former):
            return former
        return self.claim(person, case_id, former.text, revises=former.id, key=key, said=said)

    def claim_now(self, person: Person, case_id: int, claim_id: int) -> Claim:
        """The latest version of a claim. Raises NotFound."""
        self.casework.seen(person, case_id)
        claim = claims.latest_version(self.store, case_id, claim_id)
        if claim is None:
            raise NotFound(say("There is no such claim in this case."))
        return claim

    def answer(
        self, person: Person, case_id: int, item: str, reply: Reply, text: str = ""
    ) -> Answer:
        """Answer a checklist item. Raises BadInput when the reply needs words and has none."""
        self.casework.open(person, case_id)
        if item not in {known.id for known in checklist.ITEMS}:
            raise NotFound(say("There is no such item on the checklist."))
        if reply in (Reply.SETTLED, Reply.CONCERN) or text.strip():
            text = _written(text)
        brought = exhibits.of_case(self.store, case_id)
        seen = examinations.latest(self.store, brought[-1]) if brought else None
        with self.store.transaction():
            answer = answers.add(
                self.store, person, case_id, item, reply, text, seen.id if seen else None
            )
            self._noted(person, "answered", case_id, item=item, text=custody.digest(text))
        return answer

    def conclude(
        self,
        person: Person,
        case_id: int,
        exhibit_id: int,
        rating: Rating,
        reason: str,
        *,
        claim_id: int | None = None,
        key: str = "",
    ) -> Verdict:
        """Propose a verdict about one exhibit against one claim; the reason must be written.

        Another person confirms it (`casework.decide`). At a desk of one it stands at once.
        """
        self.casework.open(person, case_id)
        exhibits.known(self.store, exhibit_id, case_id)
        if key and (done := verdicts.with_key(self.store, key)):
            return done
        if claim_id is not None and claim_id not in {
            claim.id for claim in claims.of_case(self.store, case_id)
        }:
            raise NotFound(say("There is no such claim in this case, or it has a newer version."))
        reason = _written(reason)
        seen = examinations.latest(self.store, exhibit_id)
        alone = self.casework.alone()
        with self.store.transaction():
            number = verdicts.add(
                self.store,
                person,
                case_id,
                exhibit_id,
                rating,
                reason,
                claim_id,
                seen.id if seen else None,
                VerdictState.CONFIRMED if alone else VerdictState.PROPOSED,
                key,
            )
            kind = "concluded" if alone else "proposed"
            self._noted(person, kind, case_id, verdict=number or 0, text=custody.digest(reason))
            self.casework.proposed(person, case_id)
        return next(
            verdict for verdict in verdicts.of_case(self.store, case_id) if verdict.id == number
        )

    def _noted(self, person: Person, kind: str, case_id: int, **subject: str | int) -> None:
        custody.append(self.store, kind, person.id, case=case_id, **subject)

    # --- what people read -------------------------------------------------------------------

    def case(self, person: Person, case_id: int) -> CaseReport:
        """The whole case. Raises NotFound."""
        case_id = self._standing_for(person, case_id)
        row = self._case(case_id)
        reports = tuple(
            self.exhibit(person, case_id, exhibit_id)
            for exhibit_id in exhibits.of_case(self.store, case_id)
        )
        return CaseReport(
            id=case_id,
            opened_at=moment(row["opened_at"]),
            opened_by=row["person_name"],
            exhibits=reports,
            sightings=sightings.of_case(self.store, case_id),
            claims=claims.of_case(self.store, case_id),
            notes=notes.of_case(self.store, case_id),
            checklist=checklist.fill(
                (finding for report in reports for finding in report.findings),
                answers.of_case(self.store, case_id),
            ),
            verdicts=verdicts.of_case(self.store, case_id),
            status=Status(row["status"]),
            priority=Priority(row["priority"]),
            assignee=row["assignee"],
            due_at=moment(row["due_at"]) if row["due_at"] else None,
            tags=casework.tags(self.store, case_id),
            confidential=bool(row["confidential"]),
            members=casework.people_of(self.store, "case_member", case_id),
            watchers=casework.people_of(self.store, "watcher", case_id),
            related=tuple(
                other
                for other in casework.related(self.store, case_id)
                if visibility.sees(self.store, person, other)
            ),
        )

    def exhibit(self, person: Person, case_id: int, exhibit_id: int) -> ExhibitReport:
        """One exhibit in its case. Raises NotFound."""
        self.casework.seen(person, case_id)
        exhibit = exhibits.known(self.store, exhibit_id, case_id)
        examined = examinations.latest(self.store, exhibit_id)
        findings = (
            examined.examination.findings
            + examinations.comparison_findings(self.store, examined.id, case_id)
            if examined
            else ()
        )
        return ExhibitReport(
            exhibit_id=exhibit_id,
            case_id=case_id,
            sha256=exhibit.sha256,
            size=exhibit.size,
            filename=exhibit.submission.filename,
            sent_as=exhibit.submission.sent_as,
            received_at=exhibit.submission.received_at,
            examination=examined.examination if examined else None,
            examination_id=examined.id if examined else None,
            matches=self._archive.matches(person, exhibit_id, case_id),
            findings=findings,
            ask=self._archive.whom_to_ask(person, exhibit_id, case_id),
            concluded=verdicts.concluded_about(self.store, person, exhibit_id),
        )

    def cases(
        self,
        person: Person,
        *,
        offset: int = 0,
        limit: int = 10,
        wanted: CaseFilter = _ALL_CASES,
    ) -> list[CaseLine]:
        """The latest cases first, of those that this person may see."""
        require(person, Role.VIEWER)
        found = cases.lines(self.store, person, offset, limit, wanted)
        return [msgspec.structs.replace(line, items=len(checklist.ITEMS)) for line in found]

    def search(self, person: Person, text: str, *, limit: int = 10) -> list[Hit]:
        """Full text over what stands in cases that this person may see.

        Every word must stand there; `"a phrase"` word by word; and `from:`, `tag:`, `before:`,
        `after:`, `verdict:`, `platform:` narrow the search. Raises BadInput for a bad date.
        """
        require(person, Role.VIEWER)
        return words.search(self.store, person, text, limit)

    def judge(self, person: Person, case_id: int, match_id: int, *, same: bool) -> None:
        """Keep a person's word on a match. What is not the same is not shown again."""
        self.casework.open(person, case_id)
        match = self.match(person, match_id)
        exhibits.known(self.store, match.exhibit_id, case_id)
        with self.store.transaction():
            examinations.judge(self.store, match_id, same, person.id)
            kind = "match confirmed" if same else "match refused"
            custody.append(self.store, kind, person.id, match=match_id)
        self._comparing.around(case_id)

    def judgements(self, person: Person) -> dict[str, dict[str, int]]:
        """By method: how many matches people called the `same`, and how many they `refused`."""
        require(person, Role.VIEWER)
        return {
            row["method"]: {"same": row["same"], "refused": row["refused"]}
            for row in examinations.judgements(self.store)
        }

    def reindex(self, person: Person) -> Iterator[int]:
        """Make the local features of all exhibits again; gives each exhibit as it is done.

        They are derived from the originals: no examination is added, none is changed. An
        exhibit whose original is missing is left as it is.
        """
        require(person, Role.OWNER)
        yield from self._examining.describe_again()

    def match(self, person: Person, match_id: int) -> Match:
        """One match between kept pictures, also a refused one. Raises NotFound."""
        return self._archive.known_match(person, match_id)

    def export(
        self,
        person: Person,
        case_id: int,
        target: Path,
        texts: Mapping[str, str],
        recipients: Sequence[str] = (),
    ) -> int:
        """Write a case to one file that is readable without this program.

        texts: by name, what is to stand beside originals and custody events. recipients: age
        public keys to which it is encrypted. Gives the number of originals.
        Raises NotFound, BadInput, Unavailable.
        """
        require(person, Role.REPORTER)
        report = self.case(person, case_id)
        originals = {
            exhibit.sha256: export.name_of(
                exhibit.sha256, exhibit.examination.media_type if exhibit.examination else ""
            )
            for exhibit in report.exhibits
        }
        with self.store.transaction():
            self._noted(person, "exported", report.id, exhibits=len(originals))
        custody_lines = export.custody_lines(self.store, report.id, originals)
        everything = {**texts, "custody.jsonl": custody_lines}
        export.write(target, everything, originals, self._home.vault, recipients)
        return len(originals)

    def wipe(self, person: Person, case_id: int) -> Wiped:
        """Take all that a case holds out of the desk, for good; the custody record stays.

        Originals, words, messages of the local chat, and what matching knows of them; other
        cases keep what they hold too. Raises NotFound, NotAllowed, BadInput, Unavailable.
        """
        require(person, Role.OWNER)
        if (into := self._standing_for(person, case_id)) != case_id:
            raise BadInput(
                say(
                    "Case {number} is part of case {into}: name that one.",
                    number=case_id,
                    into=into,
                )
            )
        return self._wiping.wipe(person.id, case_id)

    def case_of_message(
        self, person: Person, bot_id: int, chat_id: int, message_id: int
    ) -> int | None:
        """The case that a message brought a file to; None for other messages."""
        require(person, Role.VIEWER)
        receipt = submissions.receipt(self.store, bot_id, chat_id, message_id)
        return receipt.case_id if receipt else None

    def index_damaged(self) -> bool:
        """Whether the saved index of local features cannot be read; it is then made again."""
        return self._archive.damaged()

    # --- looking things up --------------------------------------------------------------------

    def _standing_for(self, person: Person, case_id: int) -> int:
        """The case that was asked for, or the one it was merged into. Raises NotFound."""
        self.casework.seen(person, case_id)
        into = casework.merged_into(self.store, case_id)
        self.casework.seen(person, into)
        return into

    def _case(self, case_id: int) -> Row:
        row = cases.case(self.store, case_id)
        if row is None:
            raise NotFound(say("There is no case {number}.", number=case_id))
        return row


def _written(text: str) -> str:
    """What a person wrote, trimmed. Raises BadInput when there is nothing, or too much."""
    text = text.strip()
    if not text:
        raise BadInput(say("Please write it in a few words."))
    if len(text) > _LONGEST_TEXT:
        raise BadInput(
            say("That is longer than {limit} characters. Please shorten it.", limit=_LONGEST_TEXT)
        )
    return text
