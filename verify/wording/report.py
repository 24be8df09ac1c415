"""What a report says beside what chat and terminal say of the same things: its parts, its rules."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from verify.records import (
    Answer,
    CaseReport,
    Claim,
    Instant,
    KeptPost,
    MadeReport,
    Sentence,
    Value,
    Verdict,
    listed,
    say,
    say_many,
)
from verify.wording.claim_lines import brief
from verify.wording.posts import when
from verify.wording.terms import word

CONTENTS = say("Contents")
OPEN_COVER = say("Press to show a drawing of its lines")
CLOSED_COVER = say("Its drawing is not printed: open the page of this report to see it.")

HEAD = say("In short")
EXHIBITS = say("Exhibits")
EXHIBIT_COLUMNS = (
    say("Exhibit"),
    say("File name"),
    say("Earlier pictures like it"),
    say("To look at"),
    say("Verdict"),
)
MATCHES = say("Seen before")
THE_OTHERS = say("The other exhibits")
POSTS = say("Where it stood, in the order of time")
CAMPAIGN = say("Who posted the same together")
PLACE = say("Place and sun")
FINDINGS = say("Findings")
CHECKLIST = say("Checklist")
CLAIMS = say("Claims and their versions")
NOTES = say("Notes")
CUSTODY = say("Custody")
ABOUT = say("About this report, and how to check it")

QUESTION = say("The question")
VERDICT = say("The verdict")
AGAINST = say("What contradicts")
OPEN = say("What stays open")
THEN_AND_NOW = say("Known then, known now")
SUN = say("The sun")

NOTHING_AGAINST = say("Nothing that was found contradicts it. That proves nothing.")
NOTHING_OPEN = say("Every starred question is answered.")
NO_PICTURE = say("No picture of it stands in this report.")
CAUTION = say(
    "A finding says what was seen and where. None of them says that a picture is true or false:"
    " people concluded that."
)


def title(case: CaseReport) -> Sentence:
    return say("Report on case {number}", number=case.id)


def subtitle(version: int, profile: Sentence) -> Sentence:
    """Which version it is, and for whom."""
    if not version:
        return say("Without a confirmed verdict · hand-out profile: {name}", name=profile)
    return say("Version {number} · hand-out profile: {name}", number=version, name=profile)


def question(claim: Claim) -> Sentence:
    """What a case is to answer."""
    if claim.claimant:
        return say(
            "Does the picture show what {claimant} says of it: “{claim}”?",
            claimant=claim.claimant,
            claim=claim.text,
        )
    return say("Does the picture show what is said of it: “{claim}”?", claim=claim.text)


def more_claims(count: int) -> Sentence:
    return say_many(
        "{count} more claim stands under “{section}”.",
        "{count} more claims stand under “{section}”.",
        count,
        section=CLAIMS,
    )


def no_question() -> Sentence:
    return say("No claim is on record: there is nothing yet to hold the picture against.")


def exhibit(number: int) -> Sentence:
    return say("Exhibit {number}", number=number)


def of_exhibits(numbers: Sequence[int], count: int) -> Sentence:
    """Of which exhibits something is said, as the beginning of a line. numbers: in their order.
    count: how many there are."""
    if len(numbers) == 1:
        return say("Exhibit {number}:", number=numbers[0])
    if len(numbers) == count:
        return say("All {count} exhibits:", count=count)
    return say(
        "{count} of {exhibits} exhibits ({numbers}):",
        count=len(numbers),
        exhibits=count,
        numbers=listed(_stretches(numbers)),
    )


def _stretches(numbers: Sequence[int]) -> Iterator[Value]:
    """Numbers in their order, those that follow one another as the first and the last."""
    begun = at = 0
    while begun < len(numbers):
        while at + 1 < len(numbers) and numbers[at + 1] == numbers[at] + 1:
            at += 1
        if at - begun > 1:
            yield say("{first} to {last}", first=numbers[begun], last=numbers[at])
        else:
            yield from numbers[begun : at + 1]
        begun = at = at + 1


def concluded(verdict: Verdict) -> Sentence:
    """When it was concluded, where nobody is named."""
    return say("Concluded {when}", when=Instant(at=verdict.at))


def known_then(number: int, verdict: Verdict) -> Sentence:
    """One of several verdicts in the order in which they were confirmed."""
    return say(
        "Version {number}, {when}: {rating}",
        number=number,
        when=Instant(at=verdict.at),
        rating=word(verdict.rating),
    )


def changed(former: Verdict, verdict: Verdict) -> Sentence:
    """What a verdict changed in the one before it."""
    if former.rating is verdict.rating:
        return say("The verdict stayed {rating}; its reasons changed.", rating=word(verdict.rating))
    return say(
        "The verdict changed from {former} to {rating}.",
        former=word(former.rating),
        rating=word(verdict.rating),
    )


def reopened(at: Instant, why: str) -> Sentence:
    return say("Reopened {when}. Why: {reason}", when=at, reason=why)


def open_again() -> Sentence:
    return say("The case was reopened, and nothing new is confirmed: read it as open.")


def known_now(files: int, first: Sentence | None) -> Sentence:
    """What the desk holds today, and since when it knows the picture."""
    if first is None:
        return say_many(
            "Now the case holds {count} file.", "Now the case holds {count} files.", files
        )
    return say_many(
        "Now the case holds {count} file, and the earliest copy known is: {first}.",
        "Now the case holds {count} files, and the earliest copy known is: {first}.",
        files,
        first=first,
    )


def words_only(matches: int) -> Sentence:
    return say_many(
        "{count} more match is told in words only.",
        "{count} more matches are told in words only.",
        matches,
    )


def side_by_side(number: int) -> Sentence:
    """What a drawn match is, for who cannot see it."""
    return say(
        "Exhibit {number} and the earlier picture side by side, the parts that show the same"
        " outlined",
        number=number,
    )


def picture(number: int) -> Sentence:
    return say("The picture of exhibit {number}, decoded and encoded anew", number=number)


def drawing(number: int) -> Sentence:
    return say("A drawing of the lines of exhibit {number}", number=number)


def post(one: KeptPost) -> Sentence:
    """A post of which only time and network are told."""
    return say("{when} on {network}", when=when(one), network=one.post.network)


POST_COLUMNS = (say("When"), say("Account"), say("Network"), say("Link"))


def more_posts(count: int) -> Sentence:
    return say_many("and {count} later post", "and {count} later posts", count)


def coordinates(latitude: float, longitude: float) -> Sentence:
    return say(
        "{latitude}, {longitude} (degrees north, degrees east)",
        latitude=latitude,
        longitude=longitude,
    )


def town(number: int, name: str, kilometres: int) -> Sentence:
    """A town that is drawn as a numbered dot."""
    return say(
        "{number}: {town}, {kilometres} km away", number=number, town=name, kilometres=kilometres
    )


def sketch(kilometres: int) -> Sentence:
    """What the drawing of a place shows."""
    return say(
        "A sketch, north up, {kilometres} km from edge to edge: the cross is the place, the"
        " numbered dots are towns nearby. It is drawn from a list of towns, not from a map.",
        kilometres=kilometres,
    )


def year_plot(year: int) -> Sentence:
    return say(
        "Daylight there in {year}: months from left to right, hours from top to bottom, dark is"
        " night. The line marks the day.",
        year=str(year),
    )


NO_PLACE = say("Neither the claims nor the files name one place for certain.")

ACCEPTED = say("Accepted as proposed")
UNANSWERED = say("Not answered")


def answered(answer: Answer) -> Sentence:
    """How an item was answered: by people themselves, or by accepting what was proposed."""
    return ACCEPTED if answer.proposed else word(answer.reply)


def answered_by(answer: Answer) -> Sentence:
    return say("{person}, {when}", person=answer.by, when=Instant(at=answer.at))


def own_and_accepted(own: int, accepted: int, items: int) -> Sentence:
    return say(
        "{own} of {items} answered by people themselves, {accepted} by accepting what was"
        " proposed from the findings.",
        own=own,
        items=items,
        accepted=accepted,
    )


def not_answered(count: int) -> Sentence:
    return say_many(
        "{count} question without ★ is not answered.",
        "{count} questions without ★ are not answered.",
        count,
    )


def version_of_claim(claim: Claim) -> Sentence:
    """One version of a claim, with the date and the place that were kept with it."""
    if claim.recorded_by:
        return say(
            "Version {number}, {when}, by {person}. {claim}",
            number=claim.version,
            when=Instant(at=claim.recorded_at),
            person=claim.recorded_by,
            claim=brief(claim),
        )
    return say(
        "Version {number}, {when}. {claim}",
        number=claim.version,
        when=Instant(at=claim.recorded_at),
        claim=brief(claim),
    )


CUSTODY_COLUMNS = (say("Event"), say("When"), say("What"), say("Who"), say("Hash begins"))


def events(shown: int, all_events: int) -> Sentence:
    if shown < all_events:
        return say(
            "The last {shown} of {all} events that belong to this case.",
            shown=shown,
            all=all_events,
        )
    return say("All events that belong to this case.")


def custody_left_out() -> Sentence:
    return say(
        "The events name people and stay at the desk. The head of their chain stands below: whoever"
        " keeps it can tell later whether anything before it was changed."
    )


HEAD_OF_CHAIN = say("Head of the custody chain")
LEFT_OUT = say("Left out of this report")
CHECKING = say("How to check it")
NO_PICTURES = say("pictures")


def covered(count: int) -> Sentence:
    return say_many(
        "{count} covered picture, of which the page has a drawing under its cover and the PDF none",
        "{count} covered pictures, of which the page has drawings under their covers and the PDF"
        " none",
        count,
    )


def not_shown(count: int) -> Sentence:
    return say_many(
        "{count} picture that is withheld, sealed, from a closed chat or cannot be drawn",
        "{count} pictures that are withheld, sealed, from a closed chat or cannot be drawn",
        count,
    )


def made_by(program: str, language: str, zone: str) -> Sentence:
    return say(
        "Made by verify-desk {version}, in the language {language}, times by the clocks of {zone}.",
        version=program,
        language=language,
        zone=zone,
    )


def same_bytes() -> Sentence:
    return say(
        "The same head, profile, language, zone and version of the program give this file again,"
        " byte by byte. That it was made is an event after that head."
    )


def how_to_check(number: int, custody: bool) -> tuple[Sentence, ...]:
    """What a reader can do, step by step. custody: whether the reader has the events."""
    steps = (
        say(
            "This file: the desk knows the SHA-256 of every report it made. {command} says whether"
            " this is one of them, and which version.",
            command=f"verify-desk report {number} --check FILE",
        ),
        say(
            "A picture: whoever has a file with the SHA-256 that stands here has the very file that"
            " was examined. {command} prints it.",
            command="sha256sum FILE",
        ),
        say(
            "The record: {command} at the desk walks the whole chain and names what does not fit;"
            " the head above must be the hash of one of its events.",
            command="verify-desk audit",
        ),
    )
    if not custody:
        return steps
    return (
        *steps,
        say(
            "Without the desk: {command} writes a bag of originals and events, which {program} in"
            " it checks with Python alone.",
            command=f"verify-desk export {number} -o FILE.zip --profile inside",
            program="check_bag.py",
        ),
    )


def cannot_show() -> Sentence:
    return say(
        "What none of this shows: who can write to the whole desk can write a whole new chain. The"
        " head convinces as far as it was kept elsewhere, as in this file in your hands."
    )


def listed_report(made: MadeReport) -> Sentence:
    """One line of the list of reports."""
    line = say(
        "Version {number}, {profile}, {language}, {format}: made {when} by {person}",
        number=made.version,
        profile=made.profile,
        language=made.language,
        format=made.format,
        when=Instant(at=made.at),
        person=made.by,
    )
    if made.given:
        return say("{report}; given to {people}", report=line, people=listed(made.given))
    return line


def none_made() -> Sentence:
    return say("No report of this case was made yet.")


def was_given(made: MadeReport) -> Sentence:
    return say(
        "Noted: version {number}, made {when}, was given to {people}.",
        number=made.version,
        when=Instant(at=made.at),
        people=listed(made.given),
    )


def recognised(made: MadeReport, latest: int) -> Sentence:
    """That a file is a report that this desk made. latest: the version that stands now."""
    known = say(
        "This desk made it: version {number}, {profile}, {when} by {person}. Not a byte differs.",
        number=made.version,
        profile=made.profile,
        when=Instant(at=made.at),
        person=made.by,
    )
    if made.version < latest:
        return say(
            "{known} Version {latest} has replaced it.",
            known=known,
            latest=latest,
        )
    return known


def unrecognised() -> Sentence:
    return say("No report that this desk made of this case has these bytes.")
