"""Did accounts that posted it post the same together, closer in time than chance explains?

Reads what coincides among the posts collected here: which accounts posted the same things within
seconds, minutes or an hour of each other, again and again, held against the own spread of each
thing; and which posts look as if one program made them.

Outcomes: noted, the picture, or one that matches it, stands in such posts. Otherwise there is no
finding.

Errs: agencies, breaking news, channels of one owner, fans and programs that post at set times make
accounts coincide, too; what was not collected here is not counted. Why they do it times do not
tell.

Example: 34 accounts posted it and other things within 10 minutes of each other, 9 times.
"""

from __future__ import annotations

from collections.abc import Iterator

from verify.comparisons import Circumstances
from verify.records import (
    Coincidence,
    Explaining,
    Finding,
    MachineSign,
    Outcome,
    Pillar,
    Sentence,
    say,
    say_many,
    window_time,
)

PILLAR = Pillar.SOURCE

_SIGNS = {
    MachineSign.CLIENT: say("a client that hardly anybody else here uses"),
    MachineSign.WORDS: say("the same words to the letter, within seconds"),
    MachineSign.ORDER: say("the same things in the same order"),
}


def compare(circumstances: Circumstances) -> Iterator[Finding]:
    """Note each group and each program."""
    for one in circumstances.coincidences:
        if one.sign:
            told = say_many(
                "It stands in posts of {count} account that look made by one program: {sign}.",
                "It stands in posts of {count} accounts that look made by one program: {sign}.",
                one.accounts,
                sign=_SIGNS[one.sign],
            )
            yield _noted(_explained(told, one))
        elif one.window_s:
            yield _noted(_explained(_group(one), one))


def _group(one: Coincidence) -> Sentence:
    return say_many(
        "It stands in what {count} account posted within {window} of each other, {times};"
        " {others}.",
        "It stands in what {count} accounts posted within {window} of each other, {times};"
        " {others}.",
        one.accounts,
        window=window_time(one.window_s),
        times=say_many("{count} time", "{count} times", one.occasions),
        others=say_many(
            "others posted these things {count} time",
            "others posted these things {count} times",
            one.outsiders,
        ),
    )


def _explained(told: Sentence, one: Coincidence) -> Sentence:
    for why in one.explained:
        if why is Explaining.SAME_OWNER:
            return say("{told} Somebody here stated that they have one owner.", told=told)
        return say("{told} Somebody here stated that one agency serves them.", told=told)
    return told


def _noted(summary: Sentence) -> Finding:
    return Finding(
        check="posted_together",
        pillar=PILLAR,
        outcome=Outcome.NOTED,
        summary=summary,
        read_from="posts",
        caution=say(
            "Among the posts collected here. Agencies, breaking news, channels of one owner, fans,"
            " a time zone in common and programs that post at set times do the same."
        ),
        items=("coordination", "amplification"),
    )
