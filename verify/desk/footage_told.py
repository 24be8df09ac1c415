"""What is said of a film once it was looked at from end to end, in the place of the first look."""

from __future__ import annotations

from verify.records import Film, Finding, Outcome, Pillar, Sentence, film_time, say, say_many

_CHECK, _TEXT = "film", "text"  # of the first look, in the lab and by Tesseract
_QUOTED, _RAW = 300, 1000  # characters


def seen_whole(
    findings: tuple[Finding, ...],
    film: Film | None,
    found: tuple[Finding, ...],
    written: list[tuple[int, str]],
) -> tuple[Finding, ...]:
    """An exhibit's findings; those of the first look give way to what was seen later.

    found: when all of the film was decoded. written: what was read in frames, by their times in
    milliseconds.
    """
    if film is None:
        return findings
    later = {_CHECK, _TEXT} if written else {_CHECK}
    others = (one for one in findings if one.check not in later)
    return (_seen(film), *found, *others, *([_read(written)] if written else []))


def _read(written: list[tuple[int, str]]) -> Finding:
    """Where text stands, from the first on."""
    lines = (f"{film_time(at_ms / 1000)} {' '.join(text.split())}" for at_ms, text in written)
    whole = " · ".join(lines)
    return Finding(
        check=_TEXT,
        pillar=Pillar.PROVENANCE,
        outcome=Outcome.NOTED,
        summary=say("Text is seen in the film: {text}", text=_cut(whole, _QUOTED)),
        read_from="frames, Tesseract",
        raw=_cut(whole, _RAW) if len(whole) > _QUOTED else "",
        caution=say(
            "Read by a machine in some frames of each shot: compare it with the film. Text can "
            "have been added."
        ),
        items=("landmarks", "language"),
    )


def _cut(text: str, limit: int) -> str:
    return text if len(text) <= limit else f"{text[: limit - 1]}…"


def _seen(film: Film) -> Finding:
    return Finding(
        check=_CHECK,
        pillar=Pillar.PRESERVATION,
        outcome=Outcome.NOTED,
        summary=_how_far(film),
        read_from="pictures" if film.wholly else "key frames",
        caution=say("A flash or a sudden movement can look like a cut; a dissolve is none.")
        if film.wholly and len(film.shots) > 1
        else None,
        items=("preserved",),
    )


def _how_far(film: Film) -> Sentence:
    """All of it, its key frames, or what could be decoded."""
    length = film_time(film.seconds)
    if not film.wholly:
        return say(
            "This film of {length} was looked at by its key frames, over its whole length: what is "
            "seen only between them is not looked for.",
            length=length,
        )
    if film.gaps:
        return say(
            "Not all of this film of {length} could be decoded. {missing}",
            length=length,
            missing=_missing(film),
        )
    return say_many(
        "All of this film of {length} was looked at, twice a second: {count} shot.",
        "All of this film of {length} was looked at, twice a second: {count} shots.",
        max(1, len(film.shots)),
        length=length,
    )


def _missing(film: Film) -> Sentence:
    """Where nothing could be seen."""
    (begins, ends), *others = film.gaps
    if not others:
        return say(
            "Nothing could be seen from {begins} to {ends}.",
            begins=film_time(begins),
            ends=film_time(ends),
        )
    return say_many(
        "Nothing could be seen from {begins} to {ends}, nor in {count} other place.",
        "Nothing could be seen from {begins} to {ends}, nor in {count} other places.",
        len(others),
        begins=film_time(begins),
        ends=film_time(ends),
    )
