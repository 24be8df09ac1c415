"""Kinds of custody events in a reader's language: the record itself has them in English."""

from __future__ import annotations

from verify.records import STAND_IN, Value, say

_KINDS = (
    say("account stated"),
    say("added"),
    say("answered"),
    say("assigned"),
    say("bag received"),
    say("case wiped"),
    say("claimed"),
    say("compared"),
    say("concluded"),
    say("confirmed"),
    say("consent asked"),
    say("consent given"),
    say("consent refused"),
    say("consent withdrawn"),
    say("contradiction stated"),
    say("contradiction taken back"),
    say("copy handed out"),
    say("derived"),
    say("due"),
    say("emblem marked"),
    say("pack added"),
    say("pack given"),
    say("pack key made"),
    say("shared with hub"),
    say("withdrawn from hub"),
    say("pack removed"),
    say("pack withdrawn"),
    say("emblem removed"),
    say("examined"),
    say("export failed"),
    say("exported"),
    say("gathered"),
    say("heard"),
    say("hold lifted"),
    say("keep until"),
    say("legal hold"),
    say("let in"),
    say("made confidential"),
    say("made open"),
    say("mark disputed"),
    say("mark refused"),
    say("mark taken off"),
    say("marked"),
    say("match confirmed"),
    say("match refused"),
    say("merge repaired"),
    say("merged"),
    say("moved"),
    say("noted"),
    say("preserved"),
    say("prioritised"),
    say("proposed"),
    say("received"),
    say("related"),
    say("reopened"),
    say("report given"),
    say("reported"),
    say("returned"),
    say("sealed"),
    say("shut out"),
    say("tagged"),
    say("taken back"),
    say("taken over"),
    say("unrelated"),
    say("untagged"),
    say("watched"),
    say("wiped"),
    say("withdrawn"),
    say("withheld"),
)
_BY_KIND = {one.template: one for one in _KINDS}


def by(person: str) -> Value:
    """Who did it; who stands in for a sealed source, in words."""
    return say("a sealed source") if person == STAND_IN else person


def event(kind: str) -> Value:
    """What was done, in few words; a kind that has none as the record has it."""
    return _BY_KIND.get(kind, kind)
