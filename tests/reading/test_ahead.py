"""What is still to come, as people write it."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from verify.folding import digits
from verify.reading.ahead import due
from verify.reading.questions import asks_the_circumstances, asks_the_desk

NOW = datetime(2026, 11, 27, 10, 0, tzinfo=ZoneInfo("Asia/Damascus"))  # a Friday


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        *(("3pm", "11-27 15:00"), ("9am", "11-28 09:00"), ("15h", "11-27 15:00")),
        *(("tomorrow", "11-28 18:00"), ("5 p.m. tomorrow", "11-28 17:00")),
        *(("next friday", "12-04 18:00"), ("Monday 9:30", "11-30 09:30")),
        *(("غدا", "11-28 18:00"), ("غدًا الساعة ٣ مساءً", "11-28 15:00"), ("بعد غد", "11-29 18:00")),
        *(("الجمعة القادمة", "12-04 18:00"), ("بعد ساعة", "11-27 11:00")),
        *(("بعد ساعتين", "11-27 12:00"), ("بعد يومين", "11-29 10:00")),
        *(("in an hour", "11-27 11:00"), ("in half an hour", "11-27 10:30")),
        *(("within two days", "11-29 10:00"), ("بعد نصف ساعة", "11-27 10:30")),
        *(("30 November 14:00", "11-30 14:00"), ("2026-11-30 14:00", "11-30 14:00")),
        *(("in 2 hours", "11-27 12:00"), ("in 3 days", "11-30 10:00")),
        *(("the bridge", ""), ("25:00", ""), ("9999-12-31 23:59", ""), ("0001-01-01", "")),
        *(("yesterday", "11-26 18:00"), ("أمس", "11-26 18:00"), ("3 days ago", "11-24 18:00")),
        *(("last friday", "11-20 18:00"), ("الاثنين الماضي", "11-23 18:00")),
        *(("last friday 9:30", "11-20 09:30"), ("2020-01-01", "01-01 18:00")),
        *(("", ""), ("the 5 of them 14:00", "")),
    ],
)
def test_when_something_is_needed_is_read_as_people_write_it(written: str, meant: str) -> None:
    at = due(digits(written), NOW)
    assert (at.strftime("%m-%d %H:%M") if at else "") == meant
    assert not at or at.year <= NOW.year


@pytest.mark.parametrize(
    "text",
    [
        *("is this real?", "Is this photo AI?", "real?", "is the video fake", "can it be trusted?"),
        *(
            "هل هذه الصورة حقيقية؟",
            "هل هذا صحيح",
            "حقيقية؟",
            "هل الفيديو مفبرك؟",
            "هذه صورة قديمة؟",
        ),
        *("What is this?", "what's this photo", "Can you check this", "please verify this video"),
        *("could someone check the picture for me?", "What do you think?", "any ideas?"),
        *("ما هذا؟", "ما هذه الصورة؟", "ماذا هذا", "ممكن تتحقق من هذه الصورة؟", "تحققوا من الصورة"),
    ],
)
def test_a_question_to_the_desk_is_known(text: str) -> None:
    assert asks_the_desk(text)


@pytest.mark.parametrize(
    "text",
    [
        *("Is this the bridge in Homs?", "this is fake", "old photo of the market"),
        *(
            "check the roof",
            "please check this against the sun",
            "check the roof against Street View",
            "What is this tower on the left?",
            "check 14:20",
        ),
        *("verify the licence plate with Ali tomorrow", "ما هذا المبنى خلف الجسر؟", "any news?"),
        *("Is this real? The roof looks older.", "هذه صورة حقيقية من حلب", "هل هذا جسر دير الزور؟"),
    ],
)
def test_what_people_note_is_no_such_question(text: str) -> None:
    assert not asks_the_desk(text)


@pytest.mark.parametrize(
    "text",
    [
        *("when was this taken?", "Where is this?", "who took it?", "How old is this photo?"),
        *("do you know where this video was filmed?", "Have we seen this before?"),
        *("was this seen before?", "Is this picture from Gaza?", "هل شوهدت من قبل؟"),
        *(
            "متى التقطت هذه الصورة؟",
            "أين هذا؟",
            "من صور هذا الفيديو؟",
            "هل رأيتم هذه الصورة من قبل؟",
        ),
    ],
)
def test_a_question_of_when_where_and_by_whom_is_known(text: str) -> None:
    assert asks_the_circumstances(text)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "Where is this bridge on the map?",
            "who took it? Ali says his brother",
            "when was Ali there?",
        ),
        *("was it in Homs, or in Hama", "Is this from Gaza, he asked"),
        *("أين هذا الجسر على الخريطة؟", "this was taken in June", "where it was taken: Homs"),
    ],
)
def test_a_note_of_when_and_where_is_no_such_question(text: str) -> None:
    assert not asks_the_circumstances(text)
