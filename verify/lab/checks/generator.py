"""Does the file declare that it was generated?

Reads PNG text, EXIF, XMP, Content Credentials, IPTC's digital source type and AI system, China's
label AIGC, what Samsung's phones keep behind the picture, and settings that some programs hide in
transparency.

Outcomes: flagged, the file itself names a generator, an AI system or a source type of trained
media, or bears the label, with the field that does; noted, what it was asked for and with which
model, or another source type; inconclusive, there is no such mark.

Errs: such marks are lost with every upload and screenshot, and anybody can write them into a
photograph. `algorithmicMedia` alone is not called AI.

Example: a PNG text `parameters` with steps, sampler and model, as Stable Diffusion WebUI writes.
"""

from __future__ import annotations

from collections.abc import Iterator

from verify.formats import CLIPS
from verify.lab.bounded_text import raw
from verify.lab.credentials import declared_source_type
from verify.lab.imaging import Specimen
from verify.lab.stealth import hidden_text
from verify.lab.written.generators import (
    UNNAMED,
    Label,
    ai_prompt,
    ai_system,
    label_of,
    settings_texts,
    source_type,
)
from verify.lab.written.prompts import Found, read_prompt
from verify.records import Finding, Outcome, Pillar, Sentence, say

PILLAR = Pillar.PROVENANCE
MEDIA = frozenset({"*", *CLIPS})


def check(specimen: Specimen) -> Iterator[Finding]:
    """Flag a generator's mark or a source type of trained media; note other source types."""
    generator = specimen.generator
    declared = source_type(specimen.fields) or declared_source_type(specimen.credentials)
    label, system = label_of(specimen.fields), ai_system(specimen.fields)
    asked = ai_prompt(specimen.fields)
    if generator and generator.name != UNNAMED and (not system or generator.name != system[0]):
        yield _finding(
            Outcome.FLAGGED,
            say("The file carries the mark of the picture generator {name}.", name=generator.name),
            read_from=generator.evidence.partition(":")[0],
            raw=generator.evidence,
            caution=say(
                "Such a mark can be copied into any file, and a generator may also have been used "
                "to enlarge or retouch a photograph."
            ),
        )
        yield from _asked_for(specimen, generator.evidence)
    if declared:
        yield _source(*declared)
    if label:
        yield _label(label)
    yield from _system(system, asked)
    if not (declared or label or system or generator):
        yield _finding(
            Outcome.INCONCLUSIVE,
            say("The file carries no mark of a picture generator that is known here."),
            read_from="PNG text, EXIF, XMP, IPTC",
            raw="",
            caution=say(
                "Such marks are lost whenever a picture is uploaded, screenshotted or saved anew: "
                "their absence proves nothing."
            ),
        )


def _label(label: Label) -> Finding:
    if label.certain:
        summary = say("The file declares, by China's label AIGC, that it was generated.")
    else:
        summary = say("The file declares, by China's label AIGC, that it may have been generated.")
    return _finding(
        Outcome.FLAGGED if label.certain else Outcome.NOTED,
        summary,
        read_from=label.place,
        raw=label.text,
        caution=say("Whoever made or handled the file wrote this; nothing in it proves it."),
        reference="GB 45438-2025",
    )


def _system(system: Found | None, asked: Found | None) -> Iterator[Finding]:
    """The AI system that was used, by IPTC's fields, and what it was asked for."""
    caution = say(
        "Whoever made or handled the file wrote this. A system may have made the picture, or "
        "retouched or enlarged a photograph."
    )
    if system:
        name, place = system
        summary = say("The file names the AI system {name} as used on it.", name=name)
        yield _finding(Outcome.FLAGGED, summary, read_from=place, raw=name, caution=caution)
    if asked:
        prompt, place = asked
        words = raw(prompt)
        summary = (
            say("The AI system was asked for: “{prompt}”", prompt=words)
            if system
            else say("The file says that an AI system was asked for: “{prompt}”", prompt=words)
        )
        outcome = Outcome.NOTED if system else Outcome.FLAGGED
        yield _finding(outcome, summary, read_from=place, raw=prompt, caution=caution)


def _asked_for(specimen: Specimen, evidence: str) -> Iterator[Finding]:
    """The prompt and the model, where the settings in the file give them."""
    texts = settings_texts(specimen.fields)
    if evidence.startswith("PNG alpha channel"):
        texts.append(("PNG alpha channel", hidden_text(specimen.opened) or ""))
    prompt, model = read_prompt(texts)
    caution = say("Whoever made or handled the file wrote this; nothing in it proves it.")
    if prompt:
        asked, place = raw(prompt[0]), prompt[1]
        summary = say("The picture generator was asked for: “{prompt}”", prompt=asked)
        yield _finding(Outcome.NOTED, summary, read_from=place, raw=asked, caution=caution)
    if model:
        name, place = model
        summary = say("The picture generator's settings name the model {model}.", model=name)
        yield _finding(Outcome.NOTED, summary, read_from=place, raw=name, caution=caution)


def _source(term: str, place: str) -> Finding:
    outcome, summary = Outcome.NOTED, say("The file declares the source type {term}.", term=term)
    if term.lower() == "trainedalgorithmicmedia":
        outcome = Outcome.FLAGGED
        summary = say("The file declares that it was made by a generative model.")
    elif term.lower() == "compositewithtrainedalgorithmicmedia":
        outcome = Outcome.FLAGGED
        summary = say("The file declares that parts of it were made by a generative model.")
    elif term.lower() == "algorithmicmedia":
        summary = say(
            "The file declares that it was made by an algorithm without training data, such as a "
            "drawing made by a formula."
        )
    return _finding(
        outcome,
        summary,
        read_from=place,
        raw=term,
        caution=say("Whoever made or handled the file wrote this; nothing in it proves it."),
        reference="IPTC Digital Source Type",
    )


def _finding(
    outcome: Outcome,
    summary: Sentence,
    *,
    read_from: str,
    raw: str,
    caution: Sentence,
    reference: str = "IPTC",
) -> Finding:
    return Finding(
        check="generator",
        pillar=PILLAR,
        outcome=outcome,
        summary=summary,
        read_from=read_from[:100],
        raw=raw[:300],
        caution=caution,
        reference=reference,
        items=("ai-declared",),
    )
