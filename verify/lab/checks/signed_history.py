"""What do the file's Content Credentials tell of how the picture was made?

Reads the actions, the ingredients and the digital source type in valid or invalid Content
Credentials, oldest first.

Outcomes: noted, what is told of how the picture was made; flagged or inconclusive, an ingredient
whose own credentials do not hold. Without credentials there is no finding.

Errs: programs tell what they want to tell: a step that is not named may have been taken. A
history in credentials that do not hold proves nothing.

Example: created by a camera, opened in an editor, cropped.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial

from verify.formats import CLIPS
from verify.lab.bounded_text import raw
from verify.lab.credentials import finding
from verify.lab.imaging import Specimen
from verify.records import (
    CredentialState,
    Finding,
    Ingredient,
    Outcome,
    Pillar,
    say,
    say_many,
)

PILLAR = Pillar.PROVENANCE
MEDIA = frozenset({"*", *CLIPS})

_finding = partial(finding, "signed_history")

_MOST_NAMED = 5
_EXPIRED = {"signingCredential.expired", "claimSignature.outsideValidity"}


def check(specimen: Specimen) -> Iterator[Finding]:
    """Note the program, the steps and the other files that the credentials name.

    Flagged: a file that went into the picture has credentials that do not hold.
    """
    credentials = specimen.credentials
    holding = credentials.state in (CredentialState.UNTRUSTED, CredentialState.TRUSTED)
    caution = (
        say("This is what the signer says; the signature does not make it so.")
        if holding
        else say("These credentials are not valid: nobody vouches for what they say.")
    )
    if credentials.generator:
        yield _finding(
            Outcome.NOTED,
            say(
                "The Content Credentials were made by the program {program}.",
                program=credentials.generator,
            ),
            caution,
            credentials.generator,
        )
    if credentials.actions:
        steps = (f"{one.name} ({one.software})".removesuffix(" ()") for one in credentials.actions)
        yield _finding(
            Outcome.NOTED,
            say(
                "By its Content Credentials this was done to the picture: {actions}.",
                actions=_listed(one.name for one in credentials.actions),
            ),
            caution,
            _listed(steps),
            items=("credentials", "original"),
        )
    if credentials.ingredients:
        names = _listed(one.title for one in credentials.ingredients if one.title)
        yield _finding(
            Outcome.NOTED,
            say_many(
                "By its Content Credentials {count} earlier file went into the picture.",
                "By its Content Credentials {count} earlier files went into the picture.",
                len(credentials.ingredients),
            ),
            caution,
            names,
            items=("credentials", "compilation"),
        )
    for ingredient in [one for one in credentials.ingredients if one.codes][:_MOST_NAMED]:
        yield _broken(ingredient)


def _broken(ingredient: Ingredient) -> Finding:
    """An ingredient whose own credentials do not hold."""
    title = ingredient.title or say("a file without a name")
    codes = ", ".join(ingredient.codes)
    if set(ingredient.codes) <= _EXPIRED:
        return _finding(
            Outcome.INCONCLUSIVE,
            say(
                "The Content Credentials of {title}, which went into the picture, have expired.",
                title=title,
            ),
            say("They are merely old: this is no sign that it was changed."),
            codes,
        )
    return _finding(
        Outcome.FLAGGED,
        say(
            "The Content Credentials of {title}, which went into the picture, do not hold.",
            title=title,
        ),
        say("The credentials of the picture itself are judged apart from this."),
        codes,
    )


def _listed(names: Iterable[str]) -> str:
    return raw(", ".join(dict.fromkeys(names)))
