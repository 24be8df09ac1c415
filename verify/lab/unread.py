"""The one manner of saying that a field is there and was not understood."""

from __future__ import annotations

from verify.lab.written.fields import Unread
from verify.records import Finding, Outcome, Pillar, say


def not_understood(check: str, pillar: Pillar, unread: Unread, *items: str) -> Finding:
    """What stands in a field that no reader here understands, told as it stands."""
    return Finding(
        check=check,
        pillar=pillar,
        outcome=Outcome.INCONCLUSIVE,
        summary=say(
            "The file has the field {field}, but what stands there was not understood: “{value}”.",
            field=unread.place,
            value=unread.value,
        ),
        read_from=unread.place,
        raw=unread.value,
        caution=say("Read it yourself: the field is there, in a form that is not known here."),
        items=items,
    )
