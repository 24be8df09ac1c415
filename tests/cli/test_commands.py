"""The command line, run as a person runs it: real files in, lines and an exit status out."""

from __future__ import annotations

import hashlib
import json
import shutil
import stat
import subprocess
import tarfile
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageOps

from tests.conftest import PHOTOGRAPHS, VERIFY_DESK, Run, settings
from tests.filmed import filmed
from tests.photographs import encode, photograph, shrunk
from tests.sounding import RATE, recorded, street
from verify.cli.imported import sum_up
from verify.desk import Desk
from verify.jobs.kinds.import_ import Result
from verify.records import say


def lines(output: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in output.splitlines()]


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home of a desk that has imported both photographs: cases 1 and 2."""
    home = tmp_path_factory.mktemp("imported") / "home"
    pictures = [PHOTOGRAPHS / "china.jpg", PHOTOGRAPHS / "flower.jpg"]
    nowhere = settings(home, PATH="")  # where Tesseract is not, as in all of these tests
    subprocess.run([VERIFY_DESK, "import", *pictures], env=nowhere, check=True)
    return home


@pytest.fixture
def filled(imported: Path, home: Path) -> Path:
    """That desk, for this test alone."""
    return Path(shutil.copytree(imported, home))


@pytest.fixture
def broken(tmp_path: Path, china: Path) -> Path:
    """A photograph of which next to nothing is left."""
    file = tmp_path / "broken.jpg"
    content = china.read_bytes()
    file.write_bytes(content[:1500])
    return file


# --- examine ---------------------------------------------------------------------------------


def test_examine_prints_one_object_a_file(verify_desk: Run, china: Path, flower: Path) -> None:
    done = verify_desk("examine", "--json", china, flower)
    assert (done.returncode, done.stderr) == (0, "")
    temple, dahlia = lines(done.stdout)
    assert temple["file"] == str(china)
    assert temple["sha256"] == hashlib.sha256(china.read_bytes()).hexdigest()
    assert (temple["media_type"], temple["width"], temple["height"]) == ("image/jpeg", 640, 427)
    assert dahlia["file"] == str(flower)


def test_examine_keeps_to_its_shape(verify_desk: Run, china: Path) -> None:
    [line] = lines(verify_desk("examine", china, "--json").stdout)
    assert list(line) == [
        "file",
        "sha256",
        "media_type",
        "width",
        "height",
        "duration",
        "fingerprints",
        "views",
        "metadata",
        "dates",
        "generator",
        "credentials",
        "thumbnail",
        "platforms",
        "trailing",
        "parts",
        "text",
        "findings",
        "frames",
        "shots",
        "streams",
        "links",
    ]
    assert (line["frames"], line["shots"], line["streams"]) == ([], [], [])
    assert [(view["kind"], view["corners"]) for view in line["views"]][0:1] == [("whole", None)]
    assert line["views"][0]["fingerprints"] == line["fingerprints"]
    assert len(line["fingerprints"]["pdq"]["hash"]) == 64
    assert line["fingerprints"]["pdq"]["quality"] == 100
    assert len(line["fingerprints"]["phash"]) == len(line["fingerprints"]["dhash"]) == 16
    assert list(line["metadata"]) == [
        "make",
        "model",
        "lens",
        "software",
        "captured_at",
        "captured_zone",
        "satellites_at",
        "gps",
        "country",
        "orientation",
        "caption",
        "creator",
    ]
    none = {"state": "none", "codes": [], "generator": None, "signed_at": None}
    assert line["credentials"] == none
    assert line["thumbnail"] == {"present": False, "differs": False}
    assert (line["platforms"], line["trailing"]) == ([], {"bytes": 0, "kind": ""})
    for finding in line["findings"]:
        assert list(finding) == ["check", "pillar", "outcome", "summary", "detail"]


def test_examine_tells_what_the_camera_wrote(verify_desk: Run, tmp_path: Path) -> None:
    image = photograph("china").copy()
    exif = image.getexif()
    exif[0x010F], exif[0x0110], exif[0x0112] = "Canon", "EOS 5D", 6
    fields = exif.get_ifd(0x8769)
    fields[0x9003], fields[0x9011] = "2023:10:09 08:30:00", "+03:00"
    gps = exif.get_ifd(0x8825)
    gps[1], gps[2], gps[3], gps[4] = "S", (31.0, 30.0, 0.0), "W", (34.0, 15.0, 0.0)
    exif[0x0132] = "2023:10:10 09:00:00"
    country = '<rdf:Description photoshop:Country="Palestine"/>'
    space = 'xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/"'
    space += ' xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
    packet = f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF {space}>{country}</rdf:RDF></x:xmpmeta>'
    file = tmp_path / "camera.jpg"
    file.write_bytes(encode(image, exif=exif, xmp=packet.encode()))
    [line] = lines(verify_desk("examine", "--json", file).stdout)
    said = line["metadata"]
    assert (said["make"], said["model"], said["orientation"]) == ("Canon", "EOS 5D", 6)
    assert (said["captured_at"], said["captured_zone"]) == ("2023-10-09T08:30:00", "+03:00")
    assert said["gps"] == {"latitude": -31.5, "longitude": -34.25, "altitude": None}
    changed = {"what": "changed", "place": "EXIF DateTime", "at": "2023-10-10T09:00:00"}
    assert line["dates"] == [{**changed, "zone": None}]
    assert (line["width"], line["height"]) == (427, 640), "as displayed"
    flagged = [one["check"] for one in line["findings"] if one["outcome"] == "flagged"]
    assert flagged == ["country_against_position"], "both letters are lost"


def test_examine_reports_a_broken_file_like_any_other(
    verify_desk: Run, broken: Path, china: Path
) -> None:
    done = verify_desk("examine", "--json", broken, china)
    assert done.returncode == 0
    damaged, whole = lines(done.stdout)
    assert "failed" in {finding["outcome"] for finding in damaged["findings"]}
    assert "failed" not in {finding["outcome"] for finding in whole["findings"]}


def test_examine_leaves_no_home_behind(verify_desk: Run, home: Path, china: Path) -> None:
    verify_desk("examine", china)
    assert not home.exists()


def test_examine_reads_well_without_json(verify_desk: Run, china: Path) -> None:
    done = verify_desk("examine", china)
    assert "image/jpeg, 640\u00a0×\u00a0427 pixels" in done.stdout
    assert hashlib.sha256(china.read_bytes()).hexdigest() in done.stdout


def test_what_is_not_examined_says_so(verify_desk: Run, tmp_path: Path) -> None:
    paper = tmp_path / "paper.pdf"
    paper.write_bytes(b"%PDF-1.7\n%%EOF\n")
    assert "This kind of file is kept, not examined." in verify_desk("examine", paper).stdout


def test_hostile_names_do_not_reach_the_terminal(
    verify_desk: Run, filled: Path, tmp_path: Path, china: Path
) -> None:
    file = tmp_path / "a\x1b[2J\u202egpj.exe.jpg"
    file.write_bytes(china.read_bytes())
    for arguments in (["examine", file], ["import", file], ["import", "--json", file], ["show", 1]):
        done = verify_desk(*arguments)
        assert done.returncode == 0, done.stderr
        assert not {"\x1b", "\u202e"} & {*done.stdout, *done.stderr}


# --- match and import ------------------------------------------------------------------------


def test_match_without_a_desk_finds_nothing(verify_desk: Run, home: Path, china: Path) -> None:
    done = verify_desk("match", "--json", china)
    assert (done.returncode, done.stderr) == (0, "")
    [said] = lines(done.stdout)
    assert said.pop("file") == str(china)
    assert {"matches", "alike", "heard", "checked_elsewhere"} <= said.keys()
    assert not any(said.values())
    assert not home.exists()


def test_match_names_the_earlier_picture(
    verify_desk: Run, filled: Path, tmp_path: Path, china: Path
) -> None:
    copy = tmp_path / "copy.jpg"
    mirrored = ImageOps.mirror(shrunk(photograph("china")))
    copy.write_bytes(encode(mirrored, quality=30))
    before = {file: file.read_bytes() for file in filled.rglob("*") if file.is_file()}
    [line] = lines(verify_desk("match", "--json", copy).stdout)
    [match] = line["matches"]
    assert match["sha256"] == hashlib.sha256(china.read_bytes()).hexdigest()
    assert (match["case"], match["method"], match["orientation"]) == (1, "pdq", "mirrored")
    assert 0 <= match["distance"] <= 31
    assert match["expected_by_chance"] < 0.01
    assert match["view"]["kind"] == match["earlier_view"]["kind"] == "whole"
    assert match["first_seen"].startswith("20")
    after = {file: file.read_bytes() for file in filled.rglob("*") if file.is_file()}
    assert {file.name for file in after.keys() ^ before.keys()} <= {"desk.db-shm", "desk.db-wal"}
    assert after[filled / "desk.db"] == before[filled / "desk.db"], "nothing is kept"


def test_match_tells_where_a_sound_was_heard_and_show_has_it_both_ways(
    verify_desk: Run, home: Path, tmp_path: Path
) -> None:
    long, part = tmp_path / "long.ogg", tmp_path / "part.mp3"
    sound = street(1, 20)
    long.write_bytes(recorded(sound))
    part.write_bytes(recorded(sound[6 * RATE : 15 * RATE], "mp3", "libmp3lame"))
    verify_desk("import", long)
    [line] = lines(verify_desk("match", "--json", part).stdout)
    [heard] = line["heard"]
    assert (heard["case"], heard["speed"], line["matches"]) == (1, 1.0, [])
    assert heard["earlier_from"] - heard["from"] == pytest.approx(6, abs=0.1)
    assert "0:06 to 0:14 of a recording in case 1" in verify_desk("match", part).stdout
    verify_desk("import", part)
    assert "0:06 to 0:14 of a recording in case 1" in verify_desk("show", "2").stdout
    [case] = lines(verify_desk("show", "--json", "1").stdout)
    [again] = case["exhibits"][0]["heard_later"]
    assert (again["case"], again["from"]) == (2, heard["from"])


def test_match_says_when_a_file_cannot_be_read(verify_desk: Run, tmp_path: Path) -> None:
    file = tmp_path / "not.jpg"
    file.write_bytes(b"\xff\xd8\xff\xe0 no picture")
    done = verify_desk("match", "--json", file)
    assert done.returncode == 0
    [line] = lines(done.stdout)
    assert line["matches"] == []
    assert [finding["outcome"] for finding in line["findings"]] == ["failed"]


def test_match_does_not_say_unseen_of_what_cannot_be_compared(
    verify_desk: Run, tmp_path: Path
) -> None:
    even, document = tmp_path / "even.png", tmp_path / "document.pdf"
    Image.new("RGB", (640, 480), "white").save(even)
    document.write_bytes(b"%PDF-1.4 no picture")
    said = verify_desk("match", even, document).stdout
    assert "too little detail to be matched" in said
    assert "This kind of file is kept, not examined." in said
    assert "has not seen the picture" not in said


def test_import_takes_folders_and_one_bad_file_stops_nothing(
    verify_desk: Run, tmp_path: Path, china: Path, flower: Path
) -> None:
    folder = tmp_path / "pictures"
    (folder / "deeper").mkdir(parents=True)
    (folder / ".hidden.jpg").write_bytes(flower.read_bytes())
    (folder / "a.jpg").write_bytes(china.read_bytes()[:5000])
    (folder / "deeper" / "b.jpg").write_bytes(china.read_bytes())
    (folder / "deeper" / "c.jpg").write_bytes(flower.read_bytes())
    done = verify_desk("import", "--json", folder)
    assert done.returncode == 0
    found = lines(done.stdout)
    assert [Path(line["file"]).name for line in found] == ["a.jpg", "b.jpg", "c.jpg"]
    assert [line["status"] for line in found] == ["new"] * 3
    assert [bool(line["failed"]) for line in found] == [True, False, False]
    assert done.stderr.startswith("3 files: 3 new.")


def test_import_ends_with_what_is_new_known_to_look_at_and_unreadable(
    verify_desk: Run, filled: Path, tmp_path: Path, china: Path, flower: Path
) -> None:
    names = ("copy.jpg", "broken.jpg", "fresh.jpg", "again.jpg")
    copy, broken, fresh, again = (tmp_path / name for name in names)
    copy.write_bytes(china.read_bytes())
    broken.write_bytes(china.read_bytes()[:3000])
    fresh.write_bytes(encode(photograph("coffee").reduce(2)))
    again.write_bytes(flower.read_bytes())
    said = ["--caption", "A bridge in Homs, 14 June 2014", "--by", "Noor", "--tag", "#Homs"]
    done = verify_desk("import", *said, "--link", "https://example.org/1", copy, broken, fresh)
    assert done.stdout.splitlines() == [
        "3 files: 2 new, 1 known.",
        "1 file is kept, but something in it could not be checked.",
        f"  {broken}: case 3",
        "1 new file with nothing to look at.",
        f"  {fresh}: case 4",
        "1 known file with nothing to look at; this sighting was added to its case.",
        f"  {copy}: case 1",
    ]
    assert "Noor claims: “A bridge in Homs, 14 June 2014”" in verify_desk("show", "4").stdout
    [case] = lines(verify_desk("show", "4", "--json").stdout)
    [seen] = case["sightings"]
    assert (seen["links"], case["tags"]) == (["https://example.org/1"], ["homs"])
    into = verify_desk("import", "--case", "4", again).stdout.splitlines()
    assert into[1:] == ["1 file to look at.", f"  {again}: case 4, seen before"]
    twice = verify_desk("import", "--tag", "aleppo", again)
    assert "was not added to what was imported before" in twice.stderr
    empty = tmp_path / "empty.jpg"
    empty.touch()
    none = verify_desk("import", empty)
    assert (none.returncode, none.stderr) == (1, f"{empty}: The file is empty.\n")
    assert none.stdout.splitlines() == [
        "1 file could not be imported.",
        f"  {empty}: The file is empty.",
    ]
    nowhere = verify_desk("import", "--case", "9", copy)
    assert (nowhere.returncode, nowhere.stderr) == (2, "verify-desk: There is no case 9.\n")


def test_an_import_names_each_file_once_and_its_counts_add_up(
    capsys: pytest.CaptureFixture[str],
) -> None:
    every = [
        *(Result(b"n%d.jpg" % n, "new", case=n, matches=n % 2) for n in range(1, 26)),
        *(Result(b"k%d.jpg" % n, "known", case=n, flagged=n == 1) for n in range(1, 4)),
        Result(b"no.jpg", "left_out", reason=say("The file is empty.")),
    ]
    sum_up(every, as_json=False)
    told = capsys.readouterr().out.splitlines()
    assert told[0] == "29 files: 25 new, 3 known, 1 left out."
    headings = [line for line in told[1:-1] if not line.startswith(" ")]
    assert sum(int(line.split()[0]) for line in headings) == 29
    named = [line.split(":")[0] for line in told if line.startswith("  ") and ":" in line]
    assert len(named) == len({*named})
    more = [int(line.split()[1]) for line in told if line.startswith("  and ")]
    assert len(named) + sum(more) == 29
    assert "  no.jpg: The file is empty." in told
    assert "--json" in told[-1]


def test_examine_tells_of_a_film_from_beginning_to_end(
    verify_desk: Run, tmp_path: Path, china: Path, flower: Path
) -> None:
    film = tmp_path / "film.mp4"
    film.write_bytes(filmed(*(Image.open(path).resize((320, 214)) for path in (china, flower))))
    [line] = lines(verify_desk("examine", "--json", film).stdout)
    assert [frame["at"] for frame in line["frames"]] == [0, 0.5, 1, 1.5]
    assert all(len(frame["pdq"]) == 64 and frame["quality"] > 50 for frame in line["frames"])
    assert (line["duration"], line["shots"]) == (2, [[0, 1], [1, 2]])
    told = {"kind": "video", "codec": "h264", "width": 320, "height": 214, "rate": 10, "seconds": 2}
    assert line["streams"] == [told]


def test_match_and_examine_take_many_files_and_folders(
    verify_desk: Run, filled: Path, tmp_path: Path, china: Path, flower: Path
) -> None:
    folder = tmp_path / "pictures"
    folder.mkdir()
    (folder / "copy.jpg").write_bytes(china.read_bytes())
    found = lines(verify_desk("match", "--json", folder, flower).stdout)
    assert [(line["file"], len(line["matches"])) for line in found] == [
        (str(folder / "copy.jpg"), 1),
        (str(flower), 1),
    ]
    (tmp_path / "nothing").mkdir()
    none = verify_desk("match", tmp_path / "nothing")
    assert (none.returncode, none.stderr) == (2, "verify-desk: There are no files there.\n")
    examined = lines(verify_desk("examine", "--json", folder).stdout)
    assert [line["file"] for line in examined] == [str(folder / "copy.jpg")]


def test_frames_of_a_film_become_files_in_a_new_folder(verify_desk: Run, tmp_path: Path) -> None:
    film, folder = tmp_path / "film.mp4", tmp_path / "frames"
    film.write_bytes(filmed(*(shrunk(photograph(name)) for name in ("china", "coffee"))))
    done = verify_desk("frames", film, "-o", folder)
    assert (done.returncode, done.stdout) == (0, "2 pictures and the strip were written.\n")
    names = sorted(one.name for one in folder.iterdir())
    assert (names[0], names[-1], len(names)) == ("00000000.jpg", "strip.jpg", 3)
    assert Image.open(folder / names[1]).size == (320, 214)
    again = verify_desk("frames", film, "-o", folder)
    assert (again.returncode, again.stderr) == (2, f"verify-desk: {folder} is there already.\n")
    moving = tmp_path / "moving.gif"
    shown = [shrunk(photograph(name)) for name in ("china", "coffee")]
    shown[0].save(moving, save_all=True, append_images=shown[1:], duration=700)
    done = verify_desk("frames", moving, "-o", tmp_path / "animation")
    assert (done.returncode, done.stdout) == (0, "2 pictures and the strip were written.\n")
    names = sorted(one.name for one in (tmp_path / "animation").iterdir())
    assert names == ["00000000.jpg", "00000700.jpg", "strip.jpg"]
    paper = tmp_path / "paper.txt"
    paper.write_text("words")
    none = verify_desk("frames", paper, "-o", tmp_path / "none")
    assert "is no film or animation" in none.stderr
    assert (none.returncode, (tmp_path / "none").exists()) == (2, False)


@pytest.mark.parametrize(
    ("option", "value", "told"),
    [
        ("--link", "https://example.org/a b", "holds no blanks"),
        ("--link", "https://example.org/\x1b[2J", "holds no blanks"),
        ("--link", "https://example.org/\nhttps://example.com", "holds no blanks"),
        ("--link", "https://ada:secret@example.org/1", "holds a name or a password"),
        ("--link", f"https://example.org/{'a' * 2000}", "at most 2000 letters"),
        ("--tag", "", "A tag is one word"),
        ("--tag", "#", "A tag is one word"),
        ("--tag", "a" * 500, "A tag is one word"),
        ("--tag", "one\ntwo", "A tag is one word"),
        ("--tag", "-flood", "A tag is one word"),
        ("--tag", "a\x1b[2Jb", "A tag is one word"),
        ("--by", "Ada\x1b[2J", "a character that cannot be seen"),
    ],
)
def test_odd_values_are_refused_and_nothing_is_written(
    verify_desk: Run, home: Path, china: Path, option: str, value: str, told: str
) -> None:
    refused = verify_desk("import", f"{option}={value}", china)
    assert (refused.returncode, refused.stdout, home.exists()) == (2, "", False)
    assert (
        told in refused.stderr and "\x1b" not in refused.stderr and "secret" not in refused.stderr
    )
    assert len(refused.stderr.splitlines()) == 1


def test_an_archive_that_is_not_opened_says_so(
    verify_desk: Run, tmp_path: Path, china: Path
) -> None:
    for name, mode in (
        ("pictures.tgz", "w:gz"),
        ("pictures.tar", "w"),
        ("pictures.tar.xz", "w:xz"),
    ):
        with tarfile.open(tmp_path / name, mode) as archive:  # type: ignore[call-overload]
            archive.add(china, "china.jpg")
        told = verify_desk("examine", tmp_path / name).stdout
        assert "kept without being opened. Unpack it and hand in the files" in told
    done = verify_desk("import", tmp_path / "pictures.tgz")
    assert "1 archive is kept without being opened: unpack it" in done.stdout
    arabic = verify_desk("show", "1", VERIFY_LANGUAGE="ar").stdout
    assert "هذا أرشيف (gzip) حُفظ دون فتحه" in arabic.replace("\u2068", "").replace("\u2069", "")


def test_importing_again_changes_nothing(verify_desk: Run, filled: Path, china: Path) -> None:
    before = verify_desk("show", "1", "--json").stdout
    [line] = lines(verify_desk("import", "--json", china).stdout)
    assert (line["status"], line["case"]) == ("repeated", 1)
    assert verify_desk("show", "1", "--json").stdout == before


def test_the_same_picture_elsewhere_is_a_further_sighting(
    verify_desk: Run, filled: Path, tmp_path: Path, china: Path
) -> None:
    copy = tmp_path / "copy.jpg"
    copy.write_bytes(china.read_bytes())
    [line] = lines(verify_desk("import", "--json", copy).stdout)
    assert (line["status"], line["case"]) == ("known", 1)
    [case] = lines(verify_desk("show", "1", "--json").stdout)
    assert len(case["sightings"]) == 2


def test_a_home_is_private(filled: Path) -> None:
    for path in (filled, *filled.rglob("*")):
        expected = 0o700 if path.is_dir() else 0o600
        assert stat.S_IMODE(path.stat().st_mode) == expected, path


# --- cases, show, search, reexamine ------------------------------------------------------------


def test_cases_come_latest_first(verify_desk: Run, filled: Path) -> None:
    assert [line["id"] for line in lines(verify_desk("cases", "--json").stdout)] == [2, 1]
    assert [line.split("\t")[0] for line in verify_desk("cases").stdout.splitlines()] == ["2", "1"]


def test_show_fits_a_screen_and_with_all_says_all(verify_desk: Run, filled: Path) -> None:
    brief, whole = (verify_desk("show", "1", *more).stdout for more in ((), ("--all",)))
    assert "Not seen at this desk before. It may still exist elsewhere." in brief
    assert "starred questions" in brief and "SHA-256" not in brief
    assert len(brief.splitlines()) <= 12 < len(whole.splitlines())
    assert "SHA-256" in whole and "Read from: " in whole


def test_show_keeps_claims_and_later_sightings_of_several_exhibits(
    verify_desk: Run, china: Path, flower: Path, tmp_path: Path
) -> None:
    smaller = tmp_path / "smaller.jpg"
    Image.open(china).resize((500, 332)).save(smaller)
    verify_desk("import", china, "--caption", "Hama this morning")
    verify_desk("import", smaller, "--caption", "Elsewhere")
    verify_desk("import", flower, "--case", 1, "--caption", "Same case")
    shown = verify_desk("show", "1").stdout
    assert "1. Seen again later: case 2" in shown
    assert "Nothing stands out" not in shown
    assert "Claim: “Hama this morning”" in shown
    assert "Claim: “Same case”" in shown
    for number in range(3):
        verify_desk("claim", 1, f"Claim {number}")
    shown = verify_desk("show", "1").stdout
    assert shown.count("Claim: “") == 3
    assert "and 2 earlier claims" in shown


def test_show_prints_a_whole_case(verify_desk: Run, filled: Path) -> None:
    [case] = lines(verify_desk("show", "1", "--json").stdout)
    assert case["exhibits"][0]["examination"]["width"] == 640
    assert {"sightings", "claims", "notes", "checklist", "verdicts"} <= case.keys()
    assert "china.jpg" in verify_desk("show", "1").stdout


def test_a_claim_is_stated_read_back_and_corrected(verify_desk: Run, filled: Path) -> None:
    stated = verify_desk("claim", "1", "Cadets shot in Tikrit on 14 June 2014").stdout
    assert "I read: 14 June 2014, Tikrit, Iraq" in stated
    [kept] = lines(verify_desk("claim", "1", "--date", "6/2014", "--place", "حلب", "--json").stdout)
    assert (kept["claimed_at"], kept["place"], kept["version"]) == ("2014-06", "حلب، سوريا", 2)
    [kept] = lines(verify_desk("claim", "1", "--place", "", "--json").stdout)
    assert (kept["claimed_at"], kept["place"], kept["place_stated"]) == ("2014-06", "", True)
    for wrong, told in (
        (("--date", "05/06/2023"), "can mean 5 June 2023 or 6 May 2023"),
        (("--place", "Tripoli"), "can mean Tripoli, Libya or Tripoli, Lebanon"),
        (("--place", "Nowhereville"), "I do not know this place"),
        (("--claim", "99", "--date", "2014"), "no such claim"),
    ):
        refused = verify_desk("claim", "1", *wrong)
        assert (refused.returncode, refused.stdout) == (2, "")
        assert told in refused.stderr
    [case] = lines(verify_desk("show", "1", "--json").stdout)
    assert case["claims"] == [kept]


def test_search_finds_arabic_words_however_they_are_spelled(verify_desk: Run, filled: Path) -> None:
    with Desk(filled) as desk:
        desk.cases.note(desk.team.at_console("1", "Reporter", "en"), 2, "صورةٌ من القاهِرة #flood")
    for words in (["القاهره"], ["صوره", "#flood"]):
        [hit] = lines(verify_desk("search", "--json", *words).stdout)
        assert (hit["kind"], hit["case_id"]) == ("note", 2)
    shown = verify_desk("search", "القاهره", VERIFY_LANGUAGE="ar").stdout
    assert "ملاحظة" in shown and "note" not in shown
    nothing = verify_desk("search", "دمشق")
    assert (nothing.returncode, nothing.stdout) == (0, "")
    assert "Nothing here contains all of: \u2068دمشق\u2069" in nothing.stderr


def test_reexamine_adds_an_examination(verify_desk: Run, filled: Path) -> None:
    [before] = lines(verify_desk("show", "1", "--json").stdout)
    done = verify_desk("reexamine", "--json")
    assert [line["case"] for line in lines(done.stdout)] == [1, 2]
    [after] = lines(verify_desk("show", "1", "--json").stdout)
    former, latter = (case["exhibits"][0] for case in (before, after))
    assert latter["examination_id"] > former["examination_id"]
    assert latter["examination"] == former["examination"]


@pytest.mark.parametrize("command", ["reexamine", "reindex"])
def test_a_missing_original_stops_no_other_and_is_told(
    verify_desk: Run, filled: Path, command: str
) -> None:
    [first] = lines(verify_desk("show", "1", "--json").stdout)
    sha256 = first["exhibits"][0]["sha256"]
    (filled / "vault" / sha256[:2] / sha256).unlink()
    done = verify_desk(command, "--json")
    assert done.returncode == 1
    found = lines(done.stdout)
    if command == "reindex":
        assert found == [{"exhibits": 1, "left": 1}]
    else:
        assert ["reason" in line for line in found] == [True, False]
        assert "missing or changed" in found[0]["reason"]
    assert "1 exhibit was left out." in verify_desk(command).stdout


# --- what goes wrong -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "arguments",
    [
        ("examine", "missing.jpg"),
        ("examine",),
        ("examine", "--loud", "missing.jpg"),
        ("match", "missing.jpg"),
        ("import", "missing"),
        ("show", "zero"),
        ("show", "1"),
        ("claim", "99999999999999999999", "words"),
        ("cases",),
        ("serve", "--loud"),
        ("fly",),
        ("consent", "1", "--until", "2027-03-31"),
    ],
    ids=" ".join,
)
def test_bad_input_is_one_line_and_status_two(
    verify_desk: Run, home: Path, arguments: tuple[str, ...]
) -> None:
    done = verify_desk(*arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("verify-desk: ")
    assert done.stderr.count("\n") == 1
    assert not home.exists()


def test_words_that_are_not_utf_8_are_refused_in_one_line(verify_desk: Run, home: Path) -> None:
    done = verify_desk("claim", "1", "caf\udce9")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "verify-desk: The command holds letters that are not UTF-8.\n"
    assert not home.exists()


def test_keys_want_words_as_passphrase_and_a_place_outside_of_the_desk(
    verify_desk: Run, home: Path, tmp_path: Path
) -> None:
    words, bytes_ = tmp_path / "words", tmp_path / "bytes"
    words.write_text("four words in a row\n")
    bytes_.write_bytes(b"\xff\xfe\x00 no text at all")
    home.mkdir()
    inside = verify_desk("key", home / "my.key", "--yes", "--passphrase", words)
    assert (inside.returncode, inside.stdout) == (2, "")
    assert "keep keys outside" in inside.stderr
    odd = verify_desk("key", tmp_path / "my.key", "--yes", "--passphrase", bytes_)
    assert (odd.returncode, odd.stdout) == (2, "")
    assert odd.stderr == f"verify-desk: {bytes_} holds no passphrase in UTF-8.\n"
    assert not [*home.iterdir()]


def test_a_missing_file_among_others_prints_nothing_half(verify_desk: Run, china: Path) -> None:
    done = verify_desk("examine", "--json", china, "missing.jpg")
    assert (done.returncode, done.stdout) == (2, "")


@pytest.mark.parametrize("command", [("cases",), ("examine", "china.jpg")])
def test_a_language_that_is_not_there_is_named(
    verify_desk: Run, china: Path, tmp_path: Path, command: tuple[str, ...]
) -> None:
    (tmp_path / "china.jpg").write_bytes(china.read_bytes())
    done = verify_desk(*command, VERIFY_LANGUAGE="klingon")
    assert (done.returncode, done.stdout) == (2, "")
    assert "VERIFY_LANGUAGE takes the code of a language that there is: en, ar." in done.stderr


def test_a_region_of_a_language_is_read_as_the_language(verify_desk: Run) -> None:
    assert "VERIFY_LANGUAGE" not in verify_desk("cases", VERIFY_LANGUAGE="ar_SY").stderr


def test_a_wrong_setting_is_named(verify_desk: Run, china: Path) -> None:
    done = verify_desk("import", china, VERIFY_ZONE="Atlantis")
    assert done.returncode == 2
    assert "VERIFY_ZONE" in done.stderr
