"""The picture of a wave, which goes with the notice that tells of it."""

from __future__ import annotations

import logging

from verify.care.leaving import ours
from verify.desk import Desk
from verify.desk.campaign_watch import wave_of
from verify.language import Reader
from verify.layouts.drawings import wave as drawing
from verify.records import Notice, Picture

_log = logging.getLogger(__name__)


def drawn(desk: Desk, notice: Notice, reader: Reader) -> Picture | None:
    """Marks and names of a wave, as far as everybody at the desk may see its posts; None where it
    cannot be drawn or is told no more: the words go without it. Waits for the desk."""
    try:
        report = desk.campaigns.of_case(notice.case_id)
        wave = wave_of(notice.sentence, report)
        return ours(drawing.draw(report, wave, reader)) if wave else None
    except Exception:  # whatever goes wrong here, people are told
        _log.exception("a wave could not be drawn")
        return None
