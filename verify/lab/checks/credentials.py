"""Does the file carry Content Credentials, and do they hold?

Reads the C2PA manifest in the file with the reference library, its network switched off, and the
desk's own lists of trusted certificates.

Outcomes: noted, they hold, and the signer is known or unknown here, or they are an address that
is not visited; flagged, file or credentials changed after signing, or the certificate was
withdrawn; inconclusive, there are none, or they are old, unreadable or faulty otherwise.

Errs: a signature says who signed, not what is shown. Expired certificates and a platform's
recompression break credentials without anybody's intent.

Example: `assertion.dataHash.mismatch`: the bytes changed after the signature.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from verify.formats import CLIPS
from verify.lab.bounded_text import raw
from verify.lab.credentials import finding
from verify.lab.imaging import Specimen
from verify.records import (
    Credentials,
    CredentialState,
    Finding,
    Instant,
    Outcome,
    Pillar,
    Sentence,
    Value,
    say,
)

PILLAR = Pillar.PROVENANCE
MEDIA = frozenset({"*", *CLIPS})

_finding = partial(finding, "credentials")

_HOLDING = (CredentialState.UNTRUSTED, CredentialState.TRUSTED)

# C2PA 2.2, section 15.2.2. What is not here breaks a rule of the format.
_FILE_CHANGED = {
    "assertion.dataHash.mismatch",
    "assertion.bmffHash.mismatch",
    "assertion.boxesHash.mismatch",
    "assertion.boxesHash.unknownBox",
}
_CREDENTIALS_CHANGED = {
    "claimSignature.mismatch",
    "claimSignature.missing",
    "assertion.hashedURI.mismatch",
    "assertion.missing",
    "assertion.undeclared",
    "hashedURI.mismatch",
    "hashedURI.missing",
    "ingredient.manifest.mismatch",
    "ingredient.manifest.missing",
}
_REVOKED = {"signingCredential.ocsp.revoked", "signingCredential.revoked"}


def check(specimen: Specimen) -> Iterator[Finding]:
    """Say whether they are there and hold, who signed them and when.

    Flagged: the file or its credentials changed after signing, or a withdrawn certificate.
    Old, unreadable or faulty credentials are inconclusive.
    """
    credentials = specimen.credentials
    yield _state(credentials, bool(specimen.trust.signers))
    if credentials.signed_at and credentials.state in _HOLDING:
        yield _signed(credentials, Instant(at=credentials.signed_at))


def _state(credentials: Credentials, has_list: bool) -> Finding:
    match credentials.state:
        case CredentialState.NONE:
            return _finding(
                Outcome.INCONCLUSIVE,
                say("The file carries no Content Credentials."),
                say(
                    "Most pictures never had any, and most apps and platforms remove them: their "
                    "absence proves nothing."
                ),
            )
        case CredentialState.REMOTE:
            return _finding(
                Outcome.NOTED,
                say(
                    "The file carries no Content Credentials, only the address where they are "
                    "said to be."
                ),
                say(
                    "The address was not visited. Whoever owns it would learn that somebody looks "
                    "at this picture, and anybody can write any address into a file."
                ),
                credentials.address or "",
            )
        case CredentialState.UNREADABLE:
            return _unreadable(credentials)
        case CredentialState.INVALID:
            return _finding(*_fault(credentials), ", ".join(credentials.codes))
        case CredentialState.EXPIRED:
            codes = ", ".join(credentials.codes)
            return _finding(Outcome.INCONCLUSIVE, _expired(credentials), _ONLY_OLD, codes)
        case CredentialState.UNTRUSTED:
            return _untrusted(credentials, has_list)
        case CredentialState.TRUSTED:
            return _finding(
                Outcome.NOTED,
                say(
                    "The Content Credentials hold and were signed by {signer}, who is on this "
                    "desk's trust list.",
                    signer=_signer(credentials),
                ),
                say(
                    "A valid signature says who signed the file, not that the picture shows what "
                    "is said about it."
                ),
            )


def _unreadable(credentials: Credentials) -> Finding:
    if "prerelease" in credentials.reason:
        return _finding(
            Outcome.INCONCLUSIVE,
            say(
                "The file carries Content Credentials of a trial version from before C2PA 1.0, "
                "which readers no longer accept."
            ),
            say("They are merely old: this speaks neither for the picture nor against it."),
            credentials.reason,
        )
    return _finding(
        Outcome.INCONCLUSIVE,
        say("The file carries Content Credentials that cannot be read."),
        say(
            "They may be cut off, damaged, or of a kind that the reader does not know. That says "
            "nothing about what the picture shows."
        ),
        credentials.reason,
    )


def _untrusted(credentials: Credentials, has_list: bool) -> Finding:
    signer = _signer(credentials)
    return _finding(
        Outcome.NOTED,
        say(
            "The Content Credentials hold and name {signer} as the signer, who is not on this "
            "desk's trust list.",
            signer=signer,
        )
        if has_list
        else say(
            "The Content Credentials hold and name {signer} as the signer, but this desk has no "
            "trust list to know signers by.",
            signer=signer,
        ),
        say(
            "Anybody can make a certificate in any name. The file is as it was signed; that shows "
            "neither who signed it nor that the picture shows what is said about it."
        ),
        ", ".join(credentials.codes),
    )


def _fault(credentials: Credentials) -> tuple[Outcome, Sentence, Sentence]:
    """The gravest of what is wrong: outcome, summary, caution."""
    codes = set(credentials.codes)
    if codes & _FILE_CHANGED:
        return (
            Outcome.FLAGGED,
            say("The file is not as it was when its Content Credentials were signed."),
            say(
                "Saving or shrinking it once with an app that knows nothing of credentials is "
                "enough; they may also come from another file. It does not show what was changed."
            ),
        )
    if codes & _CREDENTIALS_CHANGED:
        return (
            Outcome.FLAGGED,
            say("The Content Credentials themselves were changed or damaged after signing."),
            say("What they say cannot be relied on; the picture may still be as it was."),
        )
    if codes & _REVOKED:
        return (
            Outcome.FLAGGED,
            say("The certificate that signed the Content Credentials has been withdrawn."),
            say(
                "This is done when a key may be in wrong hands. It does not show that this file "
                "was signed by them."
            ),
        )
    return (
        Outcome.INCONCLUSIVE,
        say("The Content Credentials break a rule of the format and are not accepted."),
        say(
            "Often the program that made them is at fault. The codes name the rule; they do not "
            "show that anybody tampered with the file."
        ),
    )


_ONLY_OLD = say("The credentials are merely old: this is no sign that the file was changed.")


def _expired(credentials: Credentials) -> Sentence:
    if credentials.signed_at and credentials.time_trusted:
        return say(
            "The Content Credentials were signed at {time}, when their certificate was not valid.",
            time=Instant(at=credentials.signed_at),
        )
    return say(
        "The certificate of the Content Credentials has expired, and no time stamp that this "
        "desk trusts shows that they were signed before."
    )


def _signed(credentials: Credentials, time: Instant) -> Finding:
    if credentials.time_trusted:
        summary = say(
            "A time stamp says that the Content Credentials were signed at {time}.", time=time
        )
        caution = say("The picture is as old or older: this is not when it was captured.")
    else:
        summary = say(
            "A time stamp by an authority that this desk does not know says that the Content "
            "Credentials were signed at {time}.",
            time=time,
        )
        caution = say("Anybody can make such a time stamp, with any time.")
    return _finding(
        Outcome.NOTED,
        summary,
        caution,
        raw(time.at),
        pillar=Pillar.DATE,
        items=("captured-when",),
    )


def _signer(credentials: Credentials) -> Value:
    return credentials.issuer or say("somebody without a name")
