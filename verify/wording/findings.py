"""What is said of findings: where each was read and what it cannot show; why there are none."""

from __future__ import annotations

from verify.records import ExhibitReport, Finding, Instant, Outcome, Sentence, Value, WallTime, say
from verify.wording.read_from import read_from


def details(entry: Finding) -> list[Value]:
    """The lines under a finding: where it was read and the value there, what it cannot show."""
    lines: list[Value] = []
    if entry.read_from:
        lines.append(read_from(entry))
    if entry.raw:
        lines.append(entry.raw)
    if entry.caution:
        lines.append(entry.caution)
    return lines


def reads_alike(one: Value, other: Value) -> bool:
    """Whether two sentences are the same to a reader, who is shown times to the minute."""
    match one, other:
        case Instant(), Instant():
            return one.at.replace(second=0, microsecond=0) == other.at.replace(
                second=0, microsecond=0
            )
        case Sentence(), Sentence():
            return (one.template, one.values.keys()) == (
                other.template,
                other.values.keys(),
            ) and all(reads_alike(value, other.values[name]) for name, value in one.values.items())
    return one == other


def kept(exhibit: ExhibitReport) -> Sentence:
    """Why nothing was looked for in the file. Of a clip the lab says what it did read, of an
    archive what to do."""
    for finding in exhibit.findings:
        told = finding.raw.startswith(("video/", "audio/")) or "kind" in finding.summary.values
        if finding.outcome is Outcome.NOT_APPLICABLE and told:
            return finding.summary
    return say("Kept, not examined: this kind of file is preserved and hashed only.")


def examined(exhibit: ExhibitReport) -> bool:
    """Whether the lab looked into this file, or tried to."""
    examination = exhibit.examination
    if examination is None:
        return False
    failed = any(finding.outcome is Outcome.FAILED for finding in exhibit.findings)
    return bool(failed or examination.views or examination.media_type.startswith("image/"))


def in_heading(finding: Finding) -> bool:
    """Whether the line about the file says it already: what kind it is, and how large."""
    return finding.check == "size" or (
        finding.outcome is Outcome.NOTED
        and finding.summary.template == "The content is a picture in {format} format."
    )


def _day(time: Value) -> Value:
    return WallTime(at=time.at.partition("T")[0]) if isinstance(time, WallTime) else time


def shorter(flag: Finding) -> Sentence:
    """A flag's sentence, in a few words where many pictures have such a flag."""
    told = flag.summary.values
    match flag.check, flag.outcome:
        case "generator", Outcome.FLAGGED if "name" in told:
            return say("The mark of the picture generator {name}", name=told["name"])
        case "place_against_claim", Outcome.FLAGGED if "town" in told:
            return say(
                "Place, says the file: {kilometres} km from “{place}”, near {town}",
                kilometres=told["kilometres"],
                place=told["place"],
                town=told["town"],
            )
        case "captured", Outcome.FLAGGED if "day" in told and "model" in told:
            return say(
                "Taken, says the file: {time}; the {model} was sold from {day}",
                time=_day(told["time"]),
                model=told["model"],
                day=told["day"],
            )
        case "capture_against_claim", Outcome.FLAGGED if "captured" in told:
            return say("Taken, says the file: {time}, against the claim", time=told["captured"])
    return flag.summary
