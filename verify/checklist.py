"""The provenance checklist: what a newsroom asks about a picture before it relies on it.

Preservation first, then First Draft's five pillars. Findings are quoted under the items that
they speak to; only a person answers.
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from verify.records import Answer, ChecklistItem, Finding, Outcome, Pillar, Sentence, say

_HANDBOOK_4 = "Verification Handbook, ch. 4"
_HANDBOOK_9 = "Verification Handbook, ch. 9"

# What a desk asks of every picture; the other 27 come on request.
_CORE = frozenset(
    {
        "preserved",
        "earliest",
        "reverse-search",
        "mirrored",
        "uploader",
        "consent",
        "captured-when",
        "predates",
        "landmarks",
        "independent",
    }
)


def _item(
    id: str,
    pillar: Pillar,
    question: Sentence,
    reference: str,
    *,
    hint: Sentence | None = None,
    starred: bool = False,
) -> ChecklistItem:
    return ChecklistItem(
        id=id,
        pillar=pillar,
        question=question,
        hint=hint,
        reference=reference,
        starred=starred,
        core=id in _CORE,
    )


_PRESERVATION = (
    _item(
        "preserved",
        Pillar.PRESERVATION,
        say("Is the untouched original kept, with its hash, when it came and who collected it?"),
        "Berkeley Protocol",
        hint=say("The custody record of this case answers this."),
    ),
    _item(
        "as-file",
        Pillar.PRESERVATION,
        say("Did it arrive as a file, or as a photo that the app compressed again?"),
        "WITNESS",
        hint=say("See how it was sent: a photo has lost its metadata on the way."),
    ),
    _item(
        "graphic",
        Pillar.PRESERVATION,
        say("Is it labelled as graphic before colleagues open it?"),
        "Atlos",
        hint=say("Mark it, then it is covered: everybody sees words first, and it in steps."),
    ),
)

_PROVENANCE = (
    _item(
        "original",
        Pillar.PROVENANCE,
        say("Is this the original, or a copy of a copy?"),
        "Human Rights Watch",
        hint=say("Look at metadata, size and traces of compression."),
    ),
    _item(
        "earliest",
        Pillar.PROVENANCE,
        say("What is the earliest copy that was found, and where?"),
        _HANDBOOK_9,
        hint=say("Start with the matches in this desk's archive and when they were first seen."),
    ),
    _item(
        "reverse-search",
        Pillar.PROVENANCE,
        say("Which reverse image searches were run, and what did they find?"),
        "First Draft",
        hint=say("A search that finds nothing proves nothing: name it all the same."),
    ),
    _item(
        "better-copy",
        Pillar.PROVENANCE,
        say("Is there a sharper or wider version elsewhere?"),
        "BBC",
        hint=say("Compare its size with that of its matches."),
        starred=True,
    ),
    _item(
        "agency",
        Pillar.PROVENANCE,
        say("Does a news agency hold it with an older caption?"),
        "AFP",
        starred=True,
    ),
    _item(
        "mirrored",
        Pillar.PROVENANCE,
        say("Is it mirrored or cropped, or is a part of it covered?"),
        "fact-checks of game footage",
        hint=say("A match says how the picture lies against the earlier one."),
        starred=True,
    ),
    _item(
        "compilation",
        Pillar.PROVENANCE,
        say("Is it put together from several events?"),
        "Bellingcat",
        hint=say("Several matches with different claims point to this."),
        starred=True,
    ),
    _item(
        "game",
        Pillar.PROVENANCE,
        say("Are there signs of a game or a simulator?"),
        "Poynter",
        hint=say("Look for a cut-off interface, too clean surfaces, and smoke that repeats."),
        starred=True,
    ),
    _item(
        "thumbnail",
        Pillar.PROVENANCE,
        say("Does the thumbnail inside the file show something else?"),
        "Ghiro",
        hint=say("Editing software sometimes leaves the old thumbnail behind."),
    ),
    _item(
        "credentials",
        Pillar.PROVENANCE,
        say("Are its Content Credentials absent, invalid, untrusted or valid?"),
        "C2PA",
        hint=say("Most pictures carry none, and their absence proves nothing."),
    ),
    _item(
        "ai-declared",
        Pillar.PROVENANCE,
        say("Does the file itself declare that it was generated?"),
        "IPTC",
        hint=say("Generators leave marks and the IPTC digital source type; both can be removed."),
    ),
)

_SOURCE = (
    _item(
        "uploader",
        Pillar.SOURCE,
        say("Did this account capture it, or only upload it?"),
        "Human Rights Watch",
    ),
    _item(
        "contact",
        Pillar.SOURCE,
        say(
            "Can the person who captured it be reached safely, and how do they know what they say?"
        ),
        f"Human Rights Watch; {_HANDBOOK_9}",
    ),
    _item(
        "more-frames",
        Pillar.SOURCE,
        say("Can they describe the scene and send the pictures taken before and after?"),
        _HANDBOOK_4,
    ),
    _item(
        "history",
        Pillar.SOURCE,
        say("Does the account's history fit?"),
        "Human Rights Watch",
        hint=say("Look at its age, place, language and earlier posts."),
    ),
    _item(
        "amplification",
        Pillar.SOURCE,
        say("Is the account anonymous, very active, and amplifying one side?"),
        "DFRLab",
        hint=say("See how often this desk met the account."),
        starred=True,
    ),
    _item(
        "coordination",
        Pillar.SOURCE,
        say("Did several accounts post the same thing within minutes, or in the same words?"),
        "DFRLab",
        hint=say("Compare the times and captions of its sightings."),
        starred=True,
    ),
    _item(
        "consent",
        Pillar.SOURCE,
        say("Is there consent to publish, how is credit given, and would it endanger anyone?"),
        _HANDBOOK_9,
    ),
)

_DATE = (
    _item(
        "captured-when",
        Pillar.DATE,
        say("When was it captured, in which time zone, and when was it posted?"),
        "Human Rights Watch",
        hint=say("The file may give the capture time, and some links the time of posting."),
    ),
    _item(
        "sun",
        Pillar.DATE,
        say("Do sun and shadows fit the time and place that are claimed?"),
        "BBC",
    ),
    _item("weather", Pillar.DATE, say("Does the weather on that day fit?"), "BBC"),
    _item(
        "season",
        Pillar.DATE,
        say("Do plants, snow and clothing fit the season?"),
        "First Draft",
    ),
    _item(
        "predates",
        Pillar.DATE,
        say("Is any copy older than the event that is claimed?"),
        "AFP",
        hint=say("Compare when it was first seen with the date in the claim."),
        starred=True,
    ),
)

_LOCATION = (
    _item(
        "landmarks",
        Pillar.LOCATION,
        say("Which signs, landmarks and terrain place it?"),
        "First Draft",
    ),
    _item(
        "satellite",
        Pillar.LOCATION,
        say("Does satellite or street imagery confirm the place?"),
        "BBC",
        hint=say("Where the file has coordinates, start from them."),
    ),
    _item(
        "precision",
        Pillar.LOCATION,
        say("How precisely is the place known: to the spot, the street, the town or the region?"),
        "Atlos",
    ),
    _item(
        "language",
        Pillar.LOCATION,
        say("Do language and dialect, on signs and in speech, fit the place?"),
        "Bellingcat",
        starred=True,
    ),
)

_MOTIVATION = (
    _item(
        "visible",
        Pillar.MOTIVATION,
        say("What can be seen in it, apart from what one infers?"),
        "Human Rights Watch",
    ),
    _item(
        "uniforms",
        Pillar.MOTIVATION,
        say("Do uniforms, patches, vehicles and weapons fit those who are said to be shown?"),
        "First Draft; Bellingcat",
        starred=True,
    ),
    _item(
        "independent",
        Pillar.MOTIVATION,
        say("Do sources that are independent of each other tell the same?"),
        _HANDBOOK_9,
    ),
    _item(
        "why-shared",
        Pillar.MOTIVATION,
        say("Why was it captured and shared, and who gains from it?"),
        "Human Rights Watch",
    ),
    _item(
        "propaganda",
        Pillar.MOTIVATION,
        say("Is it branded or timed by a party to the conflict?"),
        "First Draft",
        hint=say("Look for a logo, a media wing, or the hashtag of a campaign."),
        starred=True,
    ),
    _item(
        "amplifying",
        Pillar.MOTIVATION,
        say(
            "Would publishing it do the perpetrators' work, "
            "or violate the dignity of those who are shown?"
        ),
        "WITNESS",
    ),
    _item(
        "exposure",
        Pillar.MOTIVATION,
        say("Does anyone else still need to look at it?"),
        "Verification Handbook 2",
        hint=say("Every further viewer of a distressing picture pays a price."),
    ),
)

ITEMS: tuple[ChecklistItem, ...] = (
    *_PRESERVATION,
    *_PROVENANCE,
    *_SOURCE,
    *_DATE,
    *_LOCATION,
    *_MOTIVATION,
)


def fill(findings: Iterable[Finding], answers: Iterable[Answer]) -> tuple[ChecklistItem, ...]:
    """The checklist of a case: each item with the findings that speak to it and its answer.

    findings: of the case's exhibits, in the order in which they are to be quoted; those that
    do not apply to the file are left out.
    answers: in any order; the latest one of an item counts.
    Returns all of `ITEMS`, in their order; what names an unknown item is passed over.
    """
    quoted: dict[str, list[Finding]] = {item.id: [] for item in ITEMS}
    for finding in findings:
        if finding.outcome is not Outcome.NOT_APPLICABLE:
            for id in dict.fromkeys(finding.items):
                quoted.get(id, []).append(finding)
    latest = {answer.item: answer for answer in sorted(answers, key=lambda answer: answer.at)}
    return tuple(
        msgspec.structs.replace(item, answer=latest.get(item.id), findings=tuple(quoted[item.id]))
        for item in ITEMS
    )
