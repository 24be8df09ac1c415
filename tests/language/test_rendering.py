from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from verify.language import Reader, html, plain, rendering
from verify.language.catalogue import compiled
from verify.records import (
    ByteSize,
    Instant,
    Sentence,
    Value,
    WallTime,
    listed,
    say,
    say_many,
)

ENGLISH = Reader("en", ZoneInfo("Asia/Baghdad"))
ARABIC = Reader("ar", ZoneInfo("Asia/Baghdad"))
FSI, PDI = "\u2068", "\u2069"


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (Instant(at=datetime(2026, 11, 24, 11, 5, tzinfo=UTC)), "2026-11-24 14:05 +03:00"),
        (Instant(at=datetime(1, 1, 1, tzinfo=UTC)), "0001-01-01 02:57 +02:57"),
        (WallTime(at="2026-11-24T14:05:07", zone="+02:00"), "2026-11-24 14:05:07 +02:00"),
        (WallTime(at="2026-11-24T14:05:07"), "2026-11-24 14:05:07 (no time zone given)"),
        (WallTime(at="yesterday\u202e"), "yesterday"),
        (ByteSize(count=1), "1 byte"),
        (ByteSize(count=999), "999 bytes"),
        (ByteSize(count=1_250_000), "1.2 MB"),
        (ByteSize(count=999_960), "1 MB"),
        (ByteSize(count=3_200_000_000), "3.2 GB"),
        (33.5138073, "33.5138"),
        (0.0000012, "0.0000012"),
        (float("nan"), "nan"),
        (1e300, "1e+300"),
        (say("Case {case}", case=12345), "Case 12345"),
        (say_many("{count} match", "{count} matches", 1), "1 match"),
        (say_many("{count} match", "{count} matches", 12345), "12,345 matches"),
        (say("Look at {what}.", what=say("this {x}", x="<b>")), "Look at this <b>."),
    ],
)
def test_every_kind_of_value_reads_well_in_english(value: Value, shown: str) -> None:
    assert plain(value, ENGLISH) == shown


@pytest.mark.parametrize(
    ("sentence", "shown"),
    [
        (say("Camera: {make}"), "Camera: …"),
        (say("Half a {hole", hole="x"), "Half a {hole"),
        (say("{x.__class__} {0} {}", x="x"), "{x.__class__} … {}"),
        (say(""), ""),
        (Sentence(template="a", plural="{count} b", values={"count": "many"}), "many b"),
        (Sentence(template="Up\u202edown\x07", values={}), "Updown "),
    ],
)
def test_a_broken_template_still_reads(sentence: Sentence, shown: str) -> None:
    assert plain(sentence, ENGLISH) == shown


def test_sentences_inside_sentences_cannot_grow_without_end() -> None:
    bomb: Value = "boom"
    for _ in range(7):
        bomb = Sentence(template="{a}" * 900, values={"a": bomb})
    assert len(plain(bomb, ENGLISH)) < 20_000


def test_an_unknown_language_reads_english() -> None:
    assert plain(say("Settled"), Reader("../../etc/passwd", ZoneInfo("UTC"))) == "Settled"


def test_a_faulty_translation_reads_english(monkeypatch: pytest.MonkeyPatch) -> None:
    faulty = compiled(
        b"""
        msgid "By {person}"
        msgstr "{persona}"

        msgid "{count} file"
        msgid_plural "{count} files"
        msgstr[0] "0"
        msgstr[1] "1"
        msgstr[2] ""

        #, fuzzy
        msgid "Done"
        msgstr "Undone"
        """,
        "ar",
    )
    monkeypatch.setattr(rendering, "translations", lambda language: faulty)
    sentences = [say("By {person}", person="R"), say_many("{count} file", "{count} files", 1)]
    shown = [plain(sentence, ARABIC) for sentence in [*sentences, say("Done")]]
    assert shown == [f"By {FSI}R{PDI}", "1 file", "Done"]


def test_html_escapes_what_telegram_knows_and_nothing_else() -> None:
    hostile = """<a href="x">&'</a>"""
    assert (
        html(say("File: {name} <raw>", name=hostile), ENGLISH)
        == "File: &lt;a href=&quot;x&quot;&gt;&amp;'&lt;/a&gt; &lt;raw&gt;"
    )


def test_arabic_text_in_an_english_line_is_isolated() -> None:
    assert plain(say("From {who} (2)", who="قناة"), ENGLISH) == f"From {FSI}قناة{PDI} (2)"


def test_a_line_that_begins_with_a_foreign_value_keeps_its_direction() -> None:
    """Its first letter decides how browsers lay a line; an invisible one goes in front."""
    assert plain(say("{who}: (2)", who="قناة"), ENGLISH) == f"\u200e{FSI}قناة{PDI}: (2)"
    line = say("{time} (no time zone given)", time="x")
    assert plain(line, ARABIC).startswith(f"\u200f{FSI}x{PDI} (")


@pytest.mark.parametrize("value", ["IMG(1).jpg", -33.5, "14:05 +03:00"])
def test_values_that_would_jump_in_a_right_to_left_line_are_isolated(value: Value) -> None:
    assert plain(value, ARABIC) == f"{FSI}{value}{PDI}"


@pytest.mark.parametrize("value", ["صورة", 2026])
def test_values_that_cannot_disturb_a_right_to_left_line_are_left_alone(value: Value) -> None:
    assert plain(value, ARABIC) == str(value)


_hostile = st.text(st.characters(codec=None), max_size=400)


@settings(deadline=None)
@given(_hostile, st.sampled_from([ENGLISH, ARABIC]))
def test_no_hostile_value_escapes_its_place(raw: str, reader: Reader) -> None:
    shown = html(say("{time} (no time zone given)", time=raw), reader)
    shown.encode()  # no lone surrogate is left
    line = shown.removeprefix("\u200e").removeprefix("\u200f")  # the direction of the line
    assert not set(line) & set("<>\n\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u200e\u200f\u061c")
    assert line.count(FSI) == line.count(PDI) <= 1


@settings(deadline=None)
@given(
    st.recursive(
        _hostile | st.integers() | st.floats(),
        lambda inner: st.builds(
            Sentence,
            template=st.text("{}abc", max_size=12) | _hostile,
            plural=st.none() | st.text("{}abc", max_size=12),
            values=st.dictionaries(st.sampled_from(["a", "b", "count"]), inner, max_size=3),
        ),
        max_leaves=8,
    ),
    st.sampled_from([ENGLISH, ARABIC]),
)
def test_rendering_never_raises(value: Value, reader: Reader) -> None:
    html(value, reader).encode()


def test_a_list_has_the_commas_of_the_reader() -> None:
    seen = say("Seen again later: {which}", which=say("cases {numbers}", numbers=listed((4, 5, 6))))
    assert plain(seen, ENGLISH) == "Seen again later: cases 4, 5, 6"
    assert "القضايا 4، 5، 6" in plain(seen, ARABIC)
    people = say("{people}", people=listed(["a\u202eb", "د, ج"]))
    assert f"{FSI}ab{PDI}، {FSI}د, ج{PDI}" in plain(people, ARABIC)
