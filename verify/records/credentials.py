"""What is signed into a file."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from verify.records.record import Record


class CredentialState(StrEnum):
    """How far Content Credentials hold. A signature says who signed, not what is shown.

    remote: the file has only an address, which is not visited. unreadable: they are there,
    and the reader refuses them. expired: the certificate has run out since, and nothing else is
    wrong. untrusted: valid, by a signer whom this desk does not know.
    """

    NONE = "none"
    REMOTE = "remote"
    UNREADABLE = "unreadable"
    INVALID = "invalid"
    EXPIRED = "expired"
    UNTRUSTED = "untrusted"
    TRUSTED = "trusted"


class TrustLists(Record, frozen=True):
    """Certificates (PEM) that a desk trusts; "" is none. signers: whose signatures; time_stamps:
    whose word on when something was signed."""

    signers: str = ""
    time_stamps: str = ""


TRUSTING_NOBODY = TrustLists()


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
