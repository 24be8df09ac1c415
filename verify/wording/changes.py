"""What is said of where two copies of a picture differ."""

from __future__ import annotations

from collections.abc import Iterator

from verify.records import Change, Differences, Sentence, film_moment, say, say_many

_CHANGES = {
    Change.ADDED: say("here, not in the earlier picture"),
    Change.REMOVED: say("in the earlier picture, not here"),
    Change.COVERED: say("covered or blurred here"),
    Change.RECOLOURED: say("other colours or light here"),
}


def changed(found: Differences | None) -> Iterator[Sentence]:
    """How much differs, region by region, and what this cannot show."""
    if found is None:
        yield say("The two pictures could not be aligned closely enough.")
        return
    if found.at_ms is not None:
        yield say(
            "Compared with the frame at {time} of the film, which is nearest to the still: of"
            " another moment, what moves would count as changed.",
            time=film_moment(found.at_ms),
        )
    if found.too_much:
        yield say("More than half of the picture differs, so no single regions are listed.")
    elif not found.regions:
        yield say("Nothing differs beyond what compression and scaling do.")
    else:
        yield say_many(
            "{count} region differs from the earlier picture:",
            "{count} regions differ from the earlier picture:",
            len(found.regions),
        )
        for number, region in enumerate(found.regions, start=1):
            yield say(
                "{number}. {change} ({share} % of the picture)",
                number=number,
                change=_CHANGES[region.change],
                share=max(1, round(region.share * 100)),
            )
        if found.more:
            yield say("Smaller ones are not listed.")
    yield say(
        "Small changes can be lost in compression. This does not tell which picture is older."
    )
