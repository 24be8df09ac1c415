"""The glossary: every record and enum that travels between modules.

Records are frozen msgspec structs, so that one definition types the code, validates
what the lab's untrusted child sends, and becomes JSON on the command line. A sentence
is a template and its values; it becomes text only where it leaves the desk
(`verify.language`). Times are aware and in UTC unless they are a `WallTime`.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

import msgspec


class Record(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What all records share: immutable, filled by keyword, nothing unknown accepted."""


# --- sentences ---------------------------------------------------------------------------


class Instant(Record, frozen=True, tag="instant"):
    """A moment, shown in the desk's zone with its offset."""

    at: datetime


class WallTime(Record, frozen=True, tag="wall"):
    """A time as a camera wrote it: `YYYY-MM-DDTHH:MM:SS`, and its zone (`+03:00`) if told."""

    at: str
    zone: str | None = None


class ByteSize(Record, frozen=True, tag="size"):
    """A number of bytes, shown in the units a reader expects."""

    count: int


class Sentence(Record, frozen=True, tag="sentence"):
    """An English gettext template with named holes, and the values that fill them.

    A `str` value is hostile text from outside: it is cleaned, escaped and isolated when
    rendered. Words of our own go in as sentences. With `plural`, `values["count"]` decides.
    """

    template: str
    plural: str | None = None
    values: dict[str, Value] = {}


class CalendarDate(Record, frozen=True, tag="date"):
    """A year, month or day, shown with the month's name: see `Claim.claimed_at`."""

    at: str


Value = Instant | WallTime | CalendarDate | ByteSize | Sentence | str | int | float


def say(template: str, /, **values: Value) -> Sentence:
    """Make a sentence. The template is a literal, where Babel finds it."""
    return Sentence(template=template, values=values)


def say_many(singular: str, plural: str, count: int, /, **values: Value) -> Sentence:
    """Make a sentence that depends on a number; both templates name it `{count}`."""
    return Sentence(template=singular, plural=plural, values={"count": count, **values})


# --- the field's words -------------------------------------------------------------------


class Pillar(StrEnum):
    """Preservation, then First Draft's five pillars of verification."""

    PRESERVATION = "preservation"
    PROVENANCE = "provenance"
    SOURCE = "source"
    DATE = "date"
    LOCATION = "location"
    MOTIVATION = "motivation"


class Outcome(StrEnum):
    """What a check can come to. There is no "passed": a human concludes."""

    FLAGGED = "flagged"
    NOTED = "noted"
    INCONCLUSIVE = "inconclusive"
    FAILED = "failed"
    NOT_APPLICABLE = "not_applicable"


class Rating(StrEnum):
    """A verdict about one exhibit against one claim: unverified, or MediaReview's six."""

    UNVERIFIED = "unverified"
    ORIGINAL = "original"
    DECONTEXTUALISED = "decontextualised"
    EDITED_OR_CROPPED = "edited_or_cropped"
    TRANSFORMED = "transformed"
    STAGED = "staged"
    SATIRE = "satire"


class Reply(StrEnum):
    """How a person can answer a checklist item."""

    SETTLED = "settled"
    CONCERN = "concern"
    COULD_NOT_TELL = "could_not_tell"
    DOES_NOT_APPLY = "does_not_apply"


class Orientation(StrEnum):
    """How the incoming picture lies against the earlier one. Turns are clockwise.

    The four mirrored ones are mirrored left to right first, then turned.
    """

    ORIGINAL = "original"
    TURNED_90 = "turned-90"
    TURNED_180 = "turned-180"
    TURNED_270 = "turned-270"
    MIRRORED = "mirrored"
    MIRRORED_TURNED_90 = "mirrored-turned-90"
    MIRRORED_TURNED_180 = "mirrored-turned-180"
    MIRRORED_TURNED_270 = "mirrored-turned-270"


class Role(StrEnum):
    """What a member of the desk may do; each may do all that the next one may.

    Owners run the team, editors run cases and confirm verdicts, reporters work on cases,
    viewers read.
    """

    OWNER = "owner"
    EDITOR = "editor"
    REPORTER = "reporter"
    VIEWER = "viewer"


class Status(StrEnum):
    """Where the work on a case stands. A concluded case is locked until it is reopened."""

    OPEN = "open"
    IN_REVIEW = "in_review"
    CONCLUDED = "concluded"
    REOPENED = "reopened"


class Priority(StrEnum):
    """How soon a case is needed."""

    URGENT = "urgent"
    HIGH = "high"
    NORMAL = "normal"
    LOW = "low"


class VerdictState(StrEnum):
    """A verdict is proposed by one person, and confirmed or returned by another."""

    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    RETURNED = "returned"


class SentAs(StrEnum):
    """The way a file reached the desk."""

    PHOTO = "photo"
    DOCUMENT = "document"
    VIDEO = "video"
    ANIMATION = "animation"
    AUDIO = "audio"
    VOICE = "voice"
    STICKER = "sticker"
    IMPORT = "import"


class ViewKind(StrEnum):
    """What a fingerprint belongs to."""

    WHOLE = "whole"
    REGION = "region"
    FRAME = "frame"
    THUMBNAIL = "thumbnail"


# --- what the lab says -------------------------------------------------------------------


class Finding(Record, frozen=True):
    """What one check saw: the sentence, where it was read, and what it cannot show.

    `raw` is the value as read, at most 300 characters. `items` are the ids of checklist
    items that the finding speaks to; it is quoted there and never answers.
    """

    check: str
    pillar: Pillar
    outcome: Outcome
    summary: Sentence
    read_from: str = ""
    raw: str = ""
    caution: Sentence | None = None
    reference: str = ""
    items: tuple[str, ...] = ()


class Fingerprint(Record, frozen=True):
    """A hash of a view.

    algorithm: `pdq` (256 bits), `phash` or `dhash` (64 bits), most significant bit first.
    quality: PDQ's 0 to 100; None where the algorithm has none.
    orientations: for PDQ the hashes of the eight orientations, in the order of
    `Orientation`: entry i is the hash of the picture after it was laid that way.
    """

    algorithm: str
    version: int
    hash: bytes
    quality: int | None = None
    orientations: tuple[bytes, ...] = ()


Point = tuple[float, float]
Corners = tuple[Point, Point, Point, Point]


def area(corners: Corners) -> float:
    """The area within, as a fraction of the picture's, by the shoelace formula."""
    following = corners[1:] + corners[:1]
    twice = sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(corners, following, strict=True))
    return abs(twice) / 2


class View(Record, frozen=True):
    """A part of a file that has fingerprints of its own.

    at_ms: for a frame, its time. corners: for a region, clockwise from top left, as
    fractions (0 to 1) of the displayed width and height. features: what finds the view
    inside other pictures.
    """

    kind: ViewKind
    fingerprints: tuple[Fingerprint, ...]
    at_ms: int | None = None
    corners: Corners | None = None
    features: Features | None = None


class Features(Record, frozen=True):
    """Local features of a view, by which it is found inside other pictures.

    width, height: of the frame that they were found in, in pixels.
    points: 6 bytes each (x and y as 65535ths of the frame, size, angle), best first.
    descriptors: 32 bytes each, in the same order. thumbnail: grey, coded.
    frame: the grey frame itself, row by row, while a picture is being looked for; not kept.
    """

    version: int
    width: int
    height: int
    points: bytes
    descriptors: bytes
    thumbnail: bytes
    frame: bytes = b""


class Gps(Record, frozen=True):
    """Where a file says it was captured. Degrees are signed, north and east positive."""

    latitude: float
    longitude: float
    altitude: float | None = None


class Metadata(Record, frozen=True):
    """What the file says about itself; None where it says nothing readable."""

    make: str | None = None
    model: str | None = None
    lens: str | None = None
    software: str | None = None
    captured_at: str | None = None
    captured_zone: str | None = None
    gps: Gps | None = None
    orientation: int | None = None
    caption: str | None = None
    creator: str | None = None


class Generator(Record, frozen=True):
    """A generator that the file itself names, and the field that names it."""

    name: str
    evidence: str


class CredentialState(StrEnum):
    """How far Content Credentials hold. A signature says who signed, not what is shown.

    remote: the file has only an address, which is not visited. unreadable: they are there,
    and the reader refuses them. untrusted: valid, by a signer whom this desk does not know.
    """

    NONE = "none"
    REMOTE = "remote"
    UNREADABLE = "unreadable"
    INVALID = "invalid"
    UNTRUSTED = "untrusted"
    TRUSTED = "trusted"


class Action(Record, frozen=True):
    """Something that was done to a picture, as its Content Credentials say.

    name: C2PA's, without its prefix. source_type: the address of an IPTC term, or "".
    """

    name: str
    software: str = ""
    source_type: str = ""


class Ingredient(Record, frozen=True):
    """A file that went into a picture. codes: why its own credentials do not hold, if so."""

    title: str
    relationship: str = ""
    codes: tuple[str, ...] = ()


class Credentials(Record, frozen=True):
    """What the Content Credentials (C2PA) of a file say, and whether they hold.

    codes: C2PA's status codes of what does not. reason: why the reader refuses them.
    generator: the program that made the claim. issuer: whom the certificate names.
    signed_at: by a time stamp; time_trusted: of an authority that this desk trusts.
    actions: oldest first, from the picture's parents on.
    """

    state: CredentialState = CredentialState.NONE
    codes: tuple[str, ...] = ()
    generator: str | None = None
    signed_at: datetime | None = None
    time_trusted: bool = False
    issuer: str | None = None
    actions: tuple[Action, ...] = ()
    ingredients: tuple[Ingredient, ...] = ()
    digital_source_type: str | None = None
    address: str | None = None
    reason: str = ""


class Thumbnail(Record, frozen=True):
    """Whether the file carries previews of itself, and one of them shows something else.

    differing: where each stands that shows something else; of those alike, the first.
    """

    present: bool = False
    differs: bool = False
    differing: tuple[str, ...] = ()


class Platform(Record, frozen=True):
    """A platform or app whose traces the file bears, and what the traces are."""

    name: str
    evidence: str


class Trailing(Record, frozen=True):
    """Bytes behind the end of the picture, without padding; kind: the media type they look like."""

    bytes: int = 0
    kind: str = ""


class Text(Record, frozen=True):
    """The text that was read in a picture, a line a line; "" where none was.

    languages: the data it was read with, by Tesseract's names: `eng`, `ara`.
    """

    languages: tuple[str, ...]
    text: str


class Pixels(Record, frozen=True):
    """A decoded picture: rows of 8-bit RGB, top left first, `3 * width * height` bytes."""

    width: int
    height: int
    rgb: bytes


class Examination(Record, frozen=True):
    """One run of the lab on one file.

    width, height: in pixels as displayed, after the EXIF orientation; None if undecoded.
    text: None where it was not looked for, or could not be read.
    """

    lab_version: int
    media_type: str
    width: int | None = None
    height: int | None = None
    views: tuple[View, ...] = ()
    metadata: Metadata = Metadata()
    generator: Generator | None = None
    credentials: Credentials | None = None
    thumbnail: Thumbnail = Thumbnail()
    platforms: tuple[Platform, ...] = ()
    trailing: Trailing = Trailing()
    text: Text | None = None
    findings: tuple[Finding, ...] = ()


# --- what the desk receives --------------------------------------------------------------


class Person(Record, frozen=True):
    """Somebody who acts at this desk.

    role: None for who is no member, or no longer. at_console: works on the desk's own
    computer, with the disk at hand, so that confidential cases are no secret. among_others:
    speaks where people without that role read along, so that confidential cases stay closed.
    """

    id: int
    name: str
    language: str = "en"
    role: Role | None = None
    at_console: bool = False
    among_others: bool = False


class Member(Record, frozen=True):
    """A member of the desk in the list of its team."""

    id: int
    name: str
    role: Role
    platform: str
    external_id: str


class OriginKind(StrEnum):
    """Where a forwarded message came from, in the Bot API's words; or the command line."""

    USER = "user"
    HIDDEN_USER = "hidden_user"
    CHAT = "chat"
    CHANNEL = "channel"


class Origin(Record, frozen=True):
    """Where a forwarded message first stood: a source, and the message there."""

    kind: OriginKind
    name: str
    external_id: str = ""
    username: str = ""
    signature: str = ""
    message_id: int | None = None
    posted_at: datetime | None = None


class Submission(Record, frozen=True):
    """One file as it arrived, before anybody looked into it.

    platform: `telegram`, `localchat` or `import`. Together with bot_id and chat_id and
    message_id it is the key under which a file is stored exactly once.
    """

    platform: str
    bot_id: int
    chat_id: int
    message_id: int
    sent_as: SentAs
    received_at: datetime
    filename: str = ""
    declared_type: str = ""
    caption: str = ""
    album: str = ""
    origin: Origin | None = None
    links: tuple[str, ...] = ()


# --- what the desk answers ---------------------------------------------------------------


class Receipt(Record, frozen=True):
    """That a file is preserved. `known`: the same bytes were here; `repeated`: same message."""

    case_id: int
    exhibit_id: int
    submission_id: int
    sha256: str
    size: int
    known: bool = False
    repeated: bool = False


class Chance(Record, frozen=True):
    """How many matches this close chance alone would give in this archive.

    bound: the measurement saw none; `expected` is then the upper limit, 3/N.
    """

    expected: float
    bound: bool = False


class FirstSeen(Record, frozen=True):
    """When a picture was first seen by what this desk knows, and from whom.

    posted: `at` is the time of the post; else the time this desk received it.
    source: where it stood; "" when that is not stated. received_from: who handed it in.
    by_link: the platform's servers put `at` into the number of the post; `platform` is theirs.
    """

    at: datetime
    posted: bool
    source: str = ""
    received_from: str = ""
    platform: str = ""
    by_link: bool = False


class Spot(Record, frozen=True):
    """A place that a claim can mean. Degrees, north and east positive; None for a country."""

    name: str = ""
    latitude: float | None = None
    longitude: float | None = None


class Claim(Record, frozen=True):
    """What is said about a picture, in one version. claimant "" means not stated.

    claimed_at: when it is said to be, as `2014`, `2014-06`, `2014-06-14` or
    `2014-06-14T17:30`, by the clocks of the place unless an offset follows; "" if nothing was
    read, or several dates. place: where, "" likewise. date_stated, place_stated: a person gave
    them, or said that none is meant; else they were read from the text.
    """

    id: int
    case_id: int
    version: int
    text: str
    claimant: str
    recorded_by: str
    recorded_at: datetime
    exhibit_id: int | None = None
    claimed_at: str = ""
    place: str = ""
    latitude: float | None = None
    longitude: float | None = None
    date_stated: bool = False
    place_stated: bool = False


class Match(Record, frozen=True):
    """The incoming picture and an earlier one, found alike. A match joins two views.

    method: the step that found it: `sha256`, `pdq`, `pdq-inner` or `local-features`.
    distance: in bits for hashes; 0 for the same bytes; None when geometry alone found it.
    region, earlier_region: which part shows which part; None when the whole does.
    scale: the earlier picture's size in the incoming one, 1 when it fills it. inliers:
    keypoints that agree. agreement: share of the compared pixels that look alike, 0 to 1.
    same: what a person said of this match; None while nobody did. both_from_telegram:
    neither picture is new to Telegram when it is shown there. earlier_verdict: the latest
    confirmed verdict about the earlier picture in a case that is still concluded.
    """

    id: int
    method: str
    exhibit_id: int
    earlier_exhibit_id: int
    earlier_sha256: str
    earlier_case_id: int
    orientation: Orientation
    expected_by_chance: Chance
    first_seen: FirstSeen
    distance: int | None = None
    region: Corners | None = None
    earlier_region: Corners | None = None
    scale: float | None = None
    inliers: int | None = None
    agreement: float | None = None
    same: bool | None = None
    earlier_claim: Claim | None = None
    both_from_telegram: bool = False
    earlier_status: Status = Status.OPEN
    earlier_verdict: Verdict | None = None


class Sighting(Record, frozen=True):
    """One appearance of an exhibit: where, from whom, with which words, when."""

    id: int
    exhibit_id: int
    case_id: int
    platform: str
    received_at: datetime
    received_from: str
    source: str = ""
    caption: str = ""
    links: tuple[str, ...] = ()
    posted_at: datetime | None = None


class Note(Record, frozen=True):
    """What a person wrote in a case."""

    id: int
    case_id: int
    text: str
    by: str
    at: datetime


class Answer(Record, frozen=True):
    """What a person answered to a checklist item, with the examination that they saw."""

    item: str
    reply: Reply
    text: str
    by: str
    at: datetime
    examination_id: int | None = None


class Verdict(Record, frozen=True):
    """What a person concluded about one exhibit against one claim, and why."""

    id: int
    case_id: int
    exhibit_id: int
    rating: Rating
    reason: str
    by: str
    at: datetime
    claim: Claim | None = None
    state: VerdictState = VerdictState.CONFIRMED
    decided_by: str = ""
    decided_at: datetime | None = None
    remark: str = ""


class ChecklistItem(Record, frozen=True):
    """One item of the checklist on a case: its answer, and the findings that speak to it."""

    id: str
    pillar: Pillar
    question: Sentence
    hint: Sentence | None
    reference: str
    starred: bool = False
    answer: Answer | None = None
    findings: tuple[Finding, ...] = ()


class ExhibitReport(Record, frozen=True):
    """All that is known about one exhibit in one case, matches first.

    examination is None while the lab has not come back. ask: who can tell about the cases
    that this reader may not open and in which this picture was seen. concluded: verdicts
    about the same bytes in concluded cases, latest first.
    """

    exhibit_id: int
    case_id: int
    sha256: str
    size: int
    filename: str
    sent_as: SentAs
    received_at: datetime
    examination: Examination | None = None
    examination_id: int | None = None
    matches: tuple[Match, ...] = ()
    findings: tuple[Finding, ...] = ()
    ask: tuple[str, ...] = ()
    concluded: tuple[Verdict, ...] = ()


class CaseReport(Record, frozen=True):
    """A case as its readers see it."""

    id: int
    opened_at: datetime
    opened_by: str
    exhibits: tuple[ExhibitReport, ...] = ()
    sightings: tuple[Sighting, ...] = ()
    claims: tuple[Claim, ...] = ()
    notes: tuple[Note, ...] = ()
    checklist: tuple[ChecklistItem, ...] = ()
    verdicts: tuple[Verdict, ...] = ()
    status: Status = Status.OPEN
    priority: Priority = Priority.NORMAL
    assignee: str = ""
    due_at: datetime | None = None
    tags: tuple[str, ...] = ()
    confidential: bool = False
    members: tuple[str, ...] = ()
    watchers: tuple[str, ...] = ()
    related: tuple[int, ...] = ()


class CaseLine(Record, frozen=True):
    """A case in a list."""

    id: int
    opened_at: datetime
    exhibits: int
    title: str
    answered: int
    items: int = 0
    rating: Rating | None = None
    status: Status = Status.OPEN
    priority: Priority = Priority.NORMAL
    assignee: str = ""
    due_at: datetime | None = None
    tags: tuple[str, ...] = ()
    confidential: bool = False


class CaseFilter(Record, frozen=True):
    """Which cases a list shows. Empty values do not narrow it."""

    status: Status | None = None
    assignee_id: int | None = None
    tag: str = ""
    unfinished: bool = False


class Notice(Record, frozen=True):
    """Something changed in a case that a person watches; not told yet."""

    id: int
    person_id: int
    platform: str
    external_id: str
    language: str
    case_id: int
    sentence: Sentence


class Hit(Record, frozen=True):
    """A place where the words of a search stand.

    kind: note, caption, claim, source, link, finding, or text in a picture.
    """

    kind: str
    case_id: int
    text: str
    at: datetime
