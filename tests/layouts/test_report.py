"""A report: the same for all who make it, whole, harmless, checkable; and what a profile keeps."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from msgspec.structs import replace
from PIL import Image
from playwright.sync_api import Browser

from tests.conftest import Run
from tests.layouts.reported import CLAIM, world
from tests.layouts.test_profiles import PEOPLE, furnished
from tests.localchat.test_page_at_hand import axe
from tests.photographs import encode, photograph
from tests.submissions import arrived
from verify.desk import Desk
from verify.language import Reader
from verify.language.runs import unveil
from verify.layouts.profiles import names
from verify.layouts.report import as_file, made
from verify.layouts.report.pdf import typesetter
from verify.layouts.typesetting import _shown, _written_out
from verify.records import Entry, Figure, Line, Person, Rating, Report, Role, Section, VerdictState
from verify.sandbox import Sandbox

UTC = ZoneInfo("UTC")


@dataclass
class World:
    desk: Desk
    noor: Person
    rosa: Person
    case: int

    def report(self, profile: str = "inside", language: str = "en") -> Report:
        return made(self.desk, self.noor, self.case, profile, Reader(language, UTC))

    def page(self, profile: str = "inside", language: str = "en") -> str:
        return as_file(self.report(profile, language), "html").decode()


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory, sandbox: Sandbox) -> Iterator[World]:
    folder = tmp_path_factory.mktemp("report")
    with Desk(folder / "home", sandbox=sandbox) as desk:
        yield World(desk, *world(desk, folder))


def section(page: str, name: str) -> str:
    found = re.search(rf'<section id="{name}".*?</section>', page, re.DOTALL)
    assert found
    return found[0]


@pytest.mark.parametrize("form", ["html", "pdf"])
def test_two_people_make_the_same_bytes_at_the_same_head(told: World, form: str) -> None:
    first = as_file(told.report(language="ar"), form)
    other = made(told.desk, told.rosa, told.case, "inside", Reader("ar", UTC))
    assert as_file(other, form) == first


def test_the_head_says_what_was_concluded_by_whom_against_what_and_what_changed(
    told: World,
) -> None:
    head = section(told.page(), "head")
    for line in (
        f"“{CLAIM}”?",
        "Exhibit 1: Out of context: a real picture of another time, place or event",
        "By Noor Haddad, confirmed by Rosa Weber",
        "The picture predates its claim",
        "★ Is there a sharper or wider version elsewhere?",
        "The verdict changed from Original to Out of context.",
        "Why: A post of 2011 shows the same picture.",
        "It stood online in 2011, three years before the strike.",
    ):
        assert line in head, line


def test_what_people_said_contradicts_stands_in_the_head_and_stays_inside(told: World) -> None:
    head = section(told.page(), "head")
    assert "Two outlets count the dead otherwise. Why: 12 and 40 (Rosa Weber," in head
    assert "another army" not in head  # it was taken back
    assert head.count("Why: It stood online in 2011, three years before the strike.") == 1
    for profile in ("partner", "public"):
        assert "Two outlets" not in told.page(profile)


def test_dates_and_places_that_were_said_and_contradict_stand_in_the_head(told: World) -> None:
    head = section(told.page(), "head")
    assert "Places that contradict each other:" in head
    assert "Aleppo" in head
    assert "contradict each other" not in told.page("partner") + told.page("public")


def test_events_and_places_of_findings_are_in_the_readers_words(told: World) -> None:
    page = told.page(language="ar")
    events = re.findall(r"<td>(.*?)</td>", section(page, "custody"))[2::5]
    assert "استُلم" in events
    assert [one for one in events if re.search("[a-z]", one)] == []
    assert not re.search(r"claim \d", section(page, "findings"))
    findings = section(told.page(), "findings")
    assert "Read from: a post of the archive, the claim" in findings
    assert "Read from: an earlier claim, the claim" in findings


def test_a_head_is_short_however_long_and_many_the_claims_are(told: World) -> None:
    desk, noor = told.desk, told.noor
    case = None
    for number in range(12):
        picture = encode(photograph("coffee"), comment=str(number).encode())
        kept = desk.receiving.receive(
            noor, arrived(caption=f"{number} " + "W" * 5000), picture, case
        )
        case = kept.case_id
    assert case is not None
    page = as_file(made(desk, noor, case, "inside", Reader("en", UTC)), "html").decode()
    head = section(page, "head")
    assert "2 more claims stand under “Claims and their versions”." in head
    assert head.count("W") < 12 * 500


def test_what_people_answered_and_what_they_accepted_are_told_apart(told: World) -> None:
    for profile in ("inside", "partner"):
        listed = told.report(profile).sections
        (items,) = [one.blocks for one in listed if one.id == "checklist"]
        kinds = [one.kind for one in items if isinstance(one, Entry)]
        assert kinds.count("proposed") == 1
        assert {"concern", "settled", "could_not_tell"} <= {*kinds}


def test_words_of_people_stay_words_and_hide_nothing(told: World) -> None:
    page = told.page()
    assert "&lt;b&gt;hello&lt;/b&gt; &amp; “goodbye”" in page
    assert "IMG_0412[U+202E]gpj.jpg" in page
    assert "<b>" not in page
    assert not re.search("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]", page)


def test_unseen_characters_are_written_out_and_joiners_of_words_stay() -> None:
    assert unveil("a\u202eb\u200bc\u200fd") == "a[U+202E]b[U+200B]c[U+200F]d"
    assert unveil("می\u200cشود") == "می\u200cشود"
    assert unveil("\u200cpaypal") == "[U+200C]paypal"


def test_a_page_loads_and_runs_nothing(told: World) -> None:
    page = told.page()
    assert "<script" not in page
    assert "default-src &#x27;none&#x27;; img-src data:; style-src &#x27;sha256-" in page
    assert {*re.findall(r'(?:src|href)="(data:image/\w+;base64|#)', page)} == {
        "data:image/jpeg;base64",
        "data:image/png;base64",
        "#",
    }
    assert len(re.findall(r"(?:src|href)=", page)) == len(re.findall(r'(?:src|href)="[d#]', page))
    ids = re.findall(r' id="([^"]+)"', page)
    assert len({*ids}) == len(ids)
    for link in re.findall(r'href="#([^"]+)"', page):
        assert link in ids


def test_what_is_covered_is_a_drawing_behind_a_press_and_holds_no_word(told: World) -> None:
    figures = [
        block
        for part in told.report().sections
        for block in part.blocks
        if isinstance(block, Figure) and block.cover
    ]
    assert len(figures) == 1
    page = told.page()
    (inner,) = re.findall(r"<details>(.*?)</details>", page, re.DOTALL)
    assert re.fullmatch(r'<summary>[^<]+</summary><img src="[^"]+" alt="[^"]+">', inner)
    assert "Covered: graphic." in page
    assert "Its drawing is not printed" in page


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_browser_shows_it_whole_and_axe_finds_nothing(
    told: World, chromium: Browser, tmp_path: Path, language: str
) -> None:
    file = tmp_path / "report.html"
    file.write_text(told.page(language=language), encoding="utf-8")
    view = chromium.new_page(viewport={"width": 390, "height": 800}, bypass_csp=True)
    complaints: list[str] = []
    view.on("console", lambda message: complaints.append(message.text))
    view.goto(file.as_uri())
    try:
        assert complaints == []
        assert axe(view) == []
        wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert view.evaluate(wide) == 0
        shown = "[...document.images].map((one) => [one.naturalWidth > 0, one.checkVisibility()])"
        images = view.evaluate(shown)
        assert all(loaded for loaded, _ in images)
        assert [seen for _, seen in images].count(False) == 1
        way = view.evaluate("getComputedStyle(document.body).direction")
        assert way == ("rtl" if language == "ar" else "ltr")
        view.emulate_media(media="print")
        assert view.locator(".printed").first.is_visible()
        assert not view.locator("nav").is_visible()
    finally:
        view.close()


@pytest.mark.parametrize("title", ["🔒", "Fire 🔥👨‍👩‍👧🇸🇾", "桥 हिन्दी မြန်မာ ไทย", "a\ud83d b"])
def test_a_pdf_is_made_whatever_people_write(told: World, title: str) -> None:
    assert as_file(replace(told.report(), title=title), "pdf").startswith(b"%PDF")


def test_what_no_font_has_is_written_out() -> None:
    assert [_shown(one) for one in "aéجП🔥桥"] == [True] * 4 + [False] * 2
    assert _written_out("🔥") == "[U+1F525 FIRE]"
    assert _written_out("桥") == "[U+6865]"


def test_a_pdf_is_tagged_and_has_its_links_and_bookmarks(told: World) -> None:
    file = as_file(told.report(language="ar"), "pdf")
    assert file.startswith(b"%PDF-")
    for part in (b"/StructTreeRoot", b"/MarkInfo", b"/Outlines", b"/Lang", b"pdfuaid"):
        assert part in file, part
    assert file.count(b"/Subtype/Link") + file.count(b"/Subtype /Link") >= 8


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_pdf_leaves_nothing_out_and_cuts_no_word(told: World, language: str) -> None:
    report = told.report(language=language)
    words_ = Line(text="https://example.org/" + "a" * 3000), Line(text="W" * 900, kind="strong")
    warned = Line(text="Read it as open.", kind="warning")
    alone = Section(id="head", title="In short", blocks=(*words_, warned))
    report = replace(report, sections=(alone,))
    pages, warnings = typesetter(report).compile_with_warnings(format="png", ppi=36)
    assert warnings == []  # a block that cannot stand where it is put is left out with one
    for page in pages if isinstance(pages, list) else [pages]:
        with Image.open(BytesIO(page)) as opened:
            shown = np.asarray(opened.convert("L"))
        assert shown[:, :20].min() == shown[:, -20:].min() == 255


def test_dates_of_what_contradicts_keep_their_order_in_arabic(told: World) -> None:
    head = section(told.page(language="ar"), "head")
    against = head[head.index('id="against"') : head.index('id="open"')]
    for date in ("2014-06-14", "2011-05-03"):
        assert against.count(date) == len(re.findall(rf'<bdi dir="ltr"[^>]*>{date}', against)) > 0


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("profile", ["partner", "public"])
def test_no_person_chat_or_device_is_in_a_report_that_leaves(
    tmp_path: Path, sandbox: Sandbox, profile: str, language: str
) -> None:
    with Desk(tmp_path / "home", sandbox=sandbox) as desk:
        case = furnished(desk)
        noor = desk.team.person("telegram", "987654321", "Noor Editor", "en")
        page = as_file(made(desk, noor, case.id, profile, Reader(language, UTC)), "html").decode()
    assert [one for one in PEOPLE if one.lower() in page.lower()] == []
    assert "14.6.2014" in page


def test_a_partner_gets_times_of_posts_without_accounts_and_the_public_none(told: World) -> None:
    posts = section(told.page("partner"), "posts")
    assert "2011-05-03 08:12 +00:00 on telegram" in posts
    for name in ("aleppo_days", "bridge_news", "جسر الشام", "t.me"):
        assert name not in told.page("partner")
    assert 'id="posts"' not in told.page("public")
    assert "<img" not in told.page("public")


def test_every_report_names_profile_head_and_what_was_left_out(told: World) -> None:
    for profile in names():
        report = told.report(profile)
        about = section(told.page(profile), "about")
        assert report.head in about
        assert f"hand-out profile: {profile}" in report.subtitle
        assert about.count("<li>") > 2


def test_the_command_writes_lists_checks_and_notes_to_whom_it_went(
    verify_desk: Run, tmp_path: Path, home: Path, china: Path
) -> None:
    verify_desk("import", china)
    assert verify_desk("report", "1").stdout == "No report of this case was made yet.\n"
    page, pdf = tmp_path / "case.html", tmp_path / "case.pdf"
    done = verify_desk("report", "1", "-o", page, "--profile", "inside")
    assert (done.returncode, done.stderr) == (0, "")
    assert hashlib.sha256(page.read_bytes()).hexdigest() in done.stdout
    assert page.stat().st_mode & 0o777 == 0o600
    assert verify_desk("report", "1", "-o", pdf, "--language", "ar").returncode == 0
    assert verify_desk("report", "1", "--given-to", "The Daily").returncode == 0
    latest, first = verify_desk("report", "1").stdout.splitlines()
    assert "public, ar, pdf" in latest
    assert latest.endswith("; given to The Daily")
    assert "inside, en, html" in first
    assert "Not a byte differs." in verify_desk("report", "1", "--check", page).stdout
    page.write_bytes(page.read_bytes() + b" ")
    assert verify_desk("report", "1", "--check", page).returncode != 0
    assert verify_desk("audit").returncode == 0
    for arguments in (
        ["-o", tmp_path / "case.doc"],
        ["-o", pdf],
        ["-o", home / "mine.html"],
        ["-o", tmp_path / "other.html", "--profile", "police"],
        ["-o", tmp_path / "other.html", "--language", "xx"],
        ["-o", tmp_path / "nowhere" / "other.html"],
        ["--given-to", " "],
        ["--check", tmp_path / "nothing.html"],
        ["--check", page, "--given-to", "The Daily"],
    ):
        wrong = verify_desk("report", "1", *arguments)
        assert wrong.returncode == 2, arguments
        assert wrong.stderr.strip()
    assert not (tmp_path / "other.html").exists()
    assert not (home / "mine.html").exists()
    verify_desk("wipe", "1", "--yes")
    with Desk(home) as desk:
        assert not desk.store.rows("SELECT 1 FROM report UNION SELECT 1 FROM report_given")


def test_a_corrected_verdict_makes_a_new_version_and_the_old_one_stays_known(
    verify_desk: Run, tmp_path: Path, home: Path, china: Path, sandbox: Sandbox
) -> None:
    verify_desk("import", china)

    def conclude(rating: Rating) -> None:
        with Desk(home, sandbox=sandbox) as desk:
            noor = desk.team.admit("telegram", "7", "Noor", Role.OWNER)
            exhibit = desk.reports.case(noor, 1).exhibits[0].exhibit_id
            if desk.reports.case(noor, 1).verdicts:
                desk.verdicts.reopen(noor, 1, "An older copy came in.")
            verdict = desk.verdicts.conclude(noor, 1, exhibit, rating, f"why {rating}")
            assert verdict.state is VerdictState.CONFIRMED

    conclude(Rating.ORIGINAL)
    verify_desk("report", "1", "-o", tmp_path / "one.html")
    conclude(Rating.STAGED)
    verify_desk("report", "1", "-o", tmp_path / "two.html")
    assert "from Original to Staged" in (tmp_path / "two.html").read_text(encoding="utf-8")
    known = verify_desk("report", "1", "--check", tmp_path / "one.html").stdout
    assert "version 1" in known
    assert "Version 2 has replaced it." in known
    with Desk(home, sandbox=sandbox) as desk:
        noor = desk.team.admit("telegram", "7", "Noor", Role.OWNER)
        desk.verdicts.reopen(noor, 1, "A third copy came in.")
        for profile in names():
            page = as_file(made(desk, noor, 1, profile, Reader("en", UTC)), "html").decode()
            assert "nothing new is confirmed: read it as open" in section(page, "head"), profile


def test_what_is_withheld_stands_in_no_report(tmp_path: Path, sandbox: Sandbox) -> None:
    with Desk(tmp_path / "home", sandbox=sandbox) as desk:
        noor = desk.team.admit("telegram", "7", "Noor", Role.OWNER)
        kept = desk.receiving.receive(noor, arrived(), encode(photograph("china")))
        desk.examining.examine(noor, kept.exhibit_id)
        before = as_file(made(desk, noor, kept.case_id, "inside", Reader("en", UTC)), "html")
        desk.withholding.withhold(noor, kept.sha256)
        page = as_file(made(desk, noor, kept.case_id, "inside", Reader("en", UTC)), "html")
    assert b"data:image/jpeg" in before
    assert b"data:image/jpeg" not in page
    assert b"1 picture that is withheld" in page
