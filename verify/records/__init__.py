"""The glossary: every record and enum that travels between modules.

Records are frozen msgspec structs, so that one definition types the code, validates
what the lab's untrusted child sends, and becomes JSON on the command line. A sentence
is a template and its values; it becomes text only where it leaves the desk
(`verify.language`). Times are aware and in UTC unless they are a `WallTime`.
"""

from __future__ import annotations

from verify.records.care import Care, Clip, Cover, Mark, Opened, Picture, Sensitive, Step
from verify.records.cases import CaseFilter, CaseLine, Hit, Note, Notice, Priority, Status
from verify.records.changes import Change, Differences, Region
from verify.records.checklist import Answer, ChecklistItem, Reply
from verify.records.claims import Claim, DateReading, PlaceCandidate, PlaceReading, Spot
from verify.records.credentials import (
    TRUSTING_NOBODY,
    Action,
    Credentials,
    CredentialState,
    Ingredient,
    TrustLists,
)
from verify.records.examination import (
    Examination,
    FileDate,
    Generator,
    Gps,
    Metadata,
    Part,
    Text,
    Thumbnail,
    Trace,
    Trailing,
)
from verify.records.films import Film, Footage, Sample, Stream, Stretch
from verify.records.findings import Finding, Outcome, Pillar
from verify.records.matches import Chance, FirstSeen, Match, Proof, lettered
from verify.records.people import Member, Person, Role
from verify.records.record import Record
from verify.records.reports import CaseReport, ExhibitReport
from verify.records.sealing import SEALED, STAND_IN, SealedSource
from verify.records.sentences import (
    ByteSize,
    CalendarDate,
    Instant,
    Listing,
    Sentence,
    Value,
    WallTime,
    listed,
    say,
    say_many,
)
from verify.records.sounds import (
    BINS,
    FINE,
    FRAMES_A_SECOND,
    LOWEST_BIN,
    Heard,
    Passage,
    Sound,
)
from verify.records.subjects import About, about, numbers
from verify.records.submissions import (
    DERIVED,
    Addition,
    Origin,
    OriginKind,
    Receipt,
    SentAs,
    Sighting,
    Submission,
    possible,
)
from verify.records.verdicts import Rating, Verdict, VerdictState
from verify.records.views import (
    WHOLE,
    Corners,
    Features,
    Fingerprint,
    Orientation,
    Pixels,
    Point,
    View,
    ViewKind,
    area,
    film_time,
)

__all__ = [
    "BINS",
    "DERIVED",
    "FINE",
    "FRAMES_A_SECOND",
    "LOWEST_BIN",
    "SEALED",
    "STAND_IN",
    "TRUSTING_NOBODY",
    "WHOLE",
    "About",
    "Action",
    "Addition",
    "Answer",
    "ByteSize",
    "CalendarDate",
    "Care",
    "CaseFilter",
    "CaseLine",
    "CaseReport",
    "Chance",
    "Change",
    "ChecklistItem",
    "Claim",
    "Clip",
    "Corners",
    "Cover",
    "CredentialState",
    "Credentials",
    "DateReading",
    "Differences",
    "Examination",
    "ExhibitReport",
    "Features",
    "FileDate",
    "Film",
    "Finding",
    "Fingerprint",
    "FirstSeen",
    "Footage",
    "Generator",
    "Gps",
    "Heard",
    "Hit",
    "Ingredient",
    "Instant",
    "Listing",
    "Mark",
    "Match",
    "Member",
    "Metadata",
    "Note",
    "Notice",
    "Opened",
    "Orientation",
    "Origin",
    "OriginKind",
    "Outcome",
    "Part",
    "Passage",
    "Person",
    "Picture",
    "Pillar",
    "Pixels",
    "PlaceCandidate",
    "PlaceReading",
    "Point",
    "Priority",
    "Proof",
    "Rating",
    "Receipt",
    "Record",
    "Region",
    "Reply",
    "Role",
    "Sample",
    "SealedSource",
    "Sensitive",
    "SentAs",
    "Sentence",
    "Sighting",
    "Sound",
    "Spot",
    "Status",
    "Step",
    "Stream",
    "Stretch",
    "Submission",
    "Text",
    "Thumbnail",
    "Trace",
    "Trailing",
    "TrustLists",
    "Value",
    "Verdict",
    "VerdictState",
    "View",
    "ViewKind",
    "WallTime",
    "about",
    "area",
    "film_time",
    "lettered",
    "listed",
    "numbers",
    "possible",
    "say",
    "say_many",
]
