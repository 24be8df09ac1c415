"""Every way by which pixels of exhibits can leave the desk, for one that is covered.

Pictures leave by one door: the lab's pixels reach people through `verify.desk.viewing`, encoded in
`verify.care.leaving`, sent by `verify.chat.outbox`. The first half of this file fails where a
module goes around it; the second half walks all that draws, and presses all buttons there are.
"""

from __future__ import annotations

import ast
import inspect
import io
import types
import typing
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

import verify
from tests.chat.room import Json, Room, in_room, labels, words
from tests.desk.test_marking import bring
from tests.filmed import filmed
from tests.lab.specimens import with_thumbnail
from tests.photographs import encode, photograph, shrunk
from tests.submissions import arrived
from verify.desk import Desk
from verify.errors import Covered, NotFound
from verify.language import Reader, plain
from verify.records import Person, Picture, Role, Sensitive, Step, say
from verify.wording.covers import STEPS

ROOT = Path(verify.__file__).parent

# Who may do what a way around the door would have to do, and why that shows nobody anything.
ALLOWED = {
    # the lab's pixels
    ("pixels", "desk/viewing.py"): "the door",
    ("frames", "desk/viewing.py"): "the door",
    ("reel", "desk/viewing.py"): "the door",
    ("pixels", "readers/text.py"): "read by Tesseract, whose answer is words",
    ("pixels", "desk/spreading.py"): "compared, as in desk/catching_up.py",
    ("original", "desk/spreading.py"): "read by the lab",
    ("path", "desk/spreading.py"): "read by the lab of another computer, which a person asks for",
    ("pixels", "cluster/tasks.py"): "compared, and read by Tesseract, whose answer is words",
    ("save", "desk/archive.py"): "the index, for workers that map it",
    ("save", "desk/hub.py"): "the index of what other desks shared",
    ("pixels", "desk/catching_up.py"): "compared, and read by Tesseract, whose answer is words",
    ("original", "desk/catching_up.py"): "read by the lab",
    ("frames", "desk/film_words.py"): "read by Tesseract, whose answer is words",
    ("original", "desk/film_words.py"): "read by Tesseract, whose answer is words",
    ("frames", "localchat/pictures.py"): "what the bot and people send there, encoded anew",
    ("frames", "desk/deriving.py"): "kept as an exhibit, which inherits",
    ("pixels", "desk/copying.py"): "kept as an exhibit under its boxes, which inherits",
    ("pixels", "desk/emblems.py"): "looked through for emblems, of which numbers are kept",
    ("frames", "desk/emblems.py"): "looked through for emblems, of which numbers are kept",
    ("original", "desk/emblems.py"): "read by the lab",
    ("reel", "desk/copying.py"): "kept as an exhibit under its boxes, which inherits",
    ("play", "desk/copying.py"): "kept as an exhibit, where a person asks for its sound",
    ("film", "desk/copying.py"): "kept as an exhibit under its boxes, which inherits",
    ("original", "desk/copying.py"): "read by the lab; a copy handed out, which a person asks for",
    ("save", "care/boxing.py"): "kept as an exhibit under its boxes, which inherits",
    ("pixels", "localchat/pictures.py"): "what the bot and people send there, encoded anew",
    ("frames", "cli/commands/frames.py"): "a file on the user's disk, veiled where it is covered",
    # pictures made into files
    ("save", "care/leaving.py"): "the door",
    ("save", "matching/filmstrip.py"): "a frame that becomes an exhibit",
    ("save", "localchat/pictures.py"): "what the bot and people send there, encoded anew",
    ("save", "sun/plot.py"): "a drawing of our own",
    ("save", "places/sketch.py"): "a drawing of our own",
    ("Picture", "care/leaving.py"): "the door",
    ("Clip", "care/leaving.py"): "the door",
    ("mp4", "care/leaving.py"): "the door",
    ("ogg", "care/leaving.py"): "the door",
    ("playing", "desk/viewing.py"): "the door",
    ("sounding", "desk/viewing.py"): "the door",
    ("play", "desk/viewing.py"): "the door",
    ("ours", "chat/handlers/sun.py"): "a drawing of our own",
    ("ours", "chat/handlers/campaign.py"): "a drawing of our own",
    ("ours", "chat/wave_notices.py"): "a drawing of our own",
    ("leaving", "desk/viewing.py"): "the door",
    ("leaving", "cli/commands/frames.py"): "of a file that the desk does not hold",
    ("measured", "desk/pictures.py"): "compared and veiled: the walk looks at what comes of it",
    ("measured", "desk/viewing.py"): "the door",
    ("measured", "desk/moments.py"): "compared; what is drawn of it is veiled in desk/pictures.py",
    ("save", "tesseract.py"): "what Tesseract reads, in a file without a name",
    # pictures sent
    ("send_photo", "chat/outbox.py"): "takes a Picture",
    ("edit_message_media", "chat/outbox.py"): "takes a Picture",
    ("InputMediaPhoto", "chat/outbox.py"): "takes a Picture",
    ("InputMediaAnimation", "chat/outbox.py"): "takes a Clip",
    ("send_voice", "chat/outbox.py"): "takes a Clip",
    ("send_document", "chat/outbox.py"): "a case or a copy handed out, which a person asks for",
    # originals, whole
    ("path", "desk/viewing.py"): "the door",
    ("path", "desk/examining.py"): "read by the lab",
    ("path", "desk/withholding.py"): "hashed, for the list of what nobody may hold",
    ("path", "desk/hash_lists.py"): "hashed, for lists of hashes",
    ("path", "desk/receiving.py"): "hashed, for the list of what nobody may hold",
    ("path", "desk/posts.py"): "hashed, for the list of what nobody may hold",
    ("original", "desk/examining.py"): "read by the lab",
    ("original", "desk/receiving.py"): "an export, read by the lab",
    ("original", "desk/hearing.py"): "heard by the lab",
    ("original", "desk/deriving.py"): "kept as an exhibit, which inherits",
    ("original", "desk/withheld_parts.py"): "read by the lab; its details stay in memory",
    ("path", "store/keeping/health.py"): "whether it is there",
    ("path", "store/keeping/bag.py"): "the case with its originals, which a person asks for",
    ("path", "store/keeping/export.py"): "the case with its originals, which a person asks for",
}
# what counts only where it is called on one of these
_ON = {
    "pixels": ("sandbox", "_sandbox", "_decoder"),
    "frames": ("sandbox", "_sandbox", "_decoder"),
    "reel": ("sandbox", "_sandbox", "_decoder"),
    "play": ("sandbox", "_sandbox", "_decoder"),
    "mp4": ("clips",),
    "film": ("clips",),
    "ogg": ("clips",),
    "wav": ("clips",),
    "playing": ("",),
    "path": ("vault", "_vault"),
    "original": ("vault", "_vault"),
    "measured": ("looking", "self"),
}
_SENDING = (
    "send_photo", "send_document", "send_video", "send_animation", "send_media_group",
    "send_sticker", "send_audio", "send_voice", "send_video_note", "send_paid_media",
    "send_live_photo", "edit_message_media", "set_chat_photo", "InputMediaPhoto",
    "InputMediaVideo", "InputMediaDocument", "InputMediaAnimation", "InputMediaAudio",
    "InputPaidMediaPhoto", "InputPaidMediaVideo",
)  # fmt: skip
_NAMES = {
    *(*_SENDING, *_ON, "save", "imencode", "imwrite"),
    *("Picture", "Clip", "ours", "leaving", "sounding"),
}


def ways(path: Path, tree: ast.Module) -> Iterator[tuple[str, str]]:
    """Calls in a module that could take pictures out, each with the module."""
    name = path.relative_to(ROOT).as_posix()
    if name.startswith(("lab/", "sandbox.py")):
        return
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        called = node.func.attr if isinstance(node.func, ast.Attribute) else ""
        called = node.func.id if isinstance(node.func, ast.Name) else called
        on = node.func.value if isinstance(node.func, ast.Attribute) else None
        owner = on.attr if isinstance(on, ast.Attribute) else getattr(on, "id", "")
        if called in _NAMES and owner in _ON.get(called, (owner,)):
            # no picture of Pillow's
            if called == "save" and owner in ("files", "_files", "self", "_filling"):
                continue
            if called == "Picture" and path.name == "joining.py":  # another one
                continue
            yield called, name


def test_no_module_takes_pictures_past_the_door() -> None:
    found = {
        way for path in ROOT.rglob("*.py") for way in ways(path, ast.parse(path.read_text("utf-8")))
    }
    assert found - ALLOWED.keys() == set()
    assert ALLOWED.keys() - found == set(), "what nobody does any more needs no leave"


@pytest.mark.parametrize(
    "source",
    [
        "self._sandbox.pixels(path, 100)",
        "tools.sandbox.frames(path, 100, [0])",
        "await self.bot.send_document(chat, original)",
        "InputMediaVideo(film)",
        "image.save(stream, 'JPEG')",
        "cv2.imencode('.jpg', plane)",
        "Picture(jpeg=content)",
        "self._home.vault.path(sha256).read_bytes()",
    ],
)
def test_each_way_past_the_door_is_seen(source: str) -> None:
    path = ROOT / "chat/handlers/new.py"
    assert [way for way in ways(path, ast.parse(source)) if way not in ALLOWED]


# --- all that draws -----------------------------------------------------------------------------


class Scene:
    """A covered picture with a preview in its file, its near copy, and a film that shows both."""

    def __init__(self, desk: Desk, noor: Person) -> None:
        china, flower = photograph("china"), photograph("flower")
        cropped = with_thumbnail(china.crop((330, 120, 630, 320)), shrunk(china, 0.25))
        self.desk = desk
        self.case, self.exhibit = bring(desk, noor, cropped)
        bring(desk, noor, encode(shrunk(china.crop((330, 120, 630, 320)), 0.8), quality=60))
        film = filmed(shrunk(flower), shrunk(photograph("coffee")), seconds=2)
        self.film_case, self.film = bring(desk, noor, film)
        cut = filmed(shrunk(photograph("coffee")), shrunk(photograph("astronaut")), seconds=2)
        bring(desk, noor, cut)
        desk.marking.mark(noor, self.case, self.exhibit, Sensitive.GRAPHIC)
        desk.marking.mark(noor, self.film_case, self.film, Sensitive.CAPTIVE)

    def matches(self, exhibit_id: int) -> int:
        """The match of a later picture with this one."""
        rows = self.desk.store.rows(
            "SELECT m.id FROM match m JOIN view w ON w.id = m.earlier_view_id"
            " WHERE w.exhibit_id = ? ORDER BY m.id",
            (exhibit_id,),
        )
        return int(rows[0]["id"])


def _changed(scene: Scene, person: Person, step: Step | None) -> Picture:
    return scene.desk.pictures.changes(person, scene.matches(scene.exhibit), step=step)[1]


def _frame(scene: Scene, person: Person, step: Step | None) -> Picture:
    at = scene.film_case, scene.film, 500
    return scene.desk.films.frame(person, *at, step=step, colour=True)[1]


Way = Callable[[Scene, Person, Step | None], Picture]
# every method of the desk that gives a picture
WALK: dict[tuple[str, str], Way] = {
    ("pictures", "card"): lambda s, p, step: s.desk.pictures.card(
        p, s.matches(s.exhibit), step=step, colour=True
    ),
    ("pictures", "blink"): lambda s, p, step: s.desk.pictures.blink(
        p, s.matches(s.exhibit), step=step, show_earlier=True
    ),
    ("pictures", "changes"): _changed,
    ("pictures", "alone"): lambda s, p, step: s.desk.pictures.alone(
        p, s.case, s.exhibit, step=step
    ),
    ("pictures", "preview"): lambda s, p, step: s.desk.pictures.preview(
        p, s.case, s.exhibit, 0, step=step, colour=True
    ),
    ("films", "strip"): lambda s, p, step: s.desk.films.strip(
        p, s.film_case, s.film, step=step, colour=True
    ),
    ("films", "frame"): _frame,
    ("copying", "sheet"): lambda s, p, step: s.desk.copying.sheet(
        p, s.case, s.exhibit, (), step=step
    ),
}


# clips and sounds: how many of the steps there are for them
MOVING: dict[tuple[str, str], tuple[set[Step], Callable[[Scene, Person, Step | None], object]]] = {
    ("films", "clip"): (
        {Step.SMALL, Step.FULL},
        lambda s, p, step: s.desk.films.clip(p, s.film_case, s.film, 0, step=step),
    ),
    ("pictures", "clip"): (
        {Step.SMALL, Step.FULL},
        lambda s, p, step: s.desk.pictures.clip(p, s.matches(s.film), step=step),
    ),
    ("films", "sound"): (
        {Step.FULL},
        lambda s, p, step: s.desk.films.sound(p, s.film_case, s.film, 0, step=step),
    ),
}
# what a person hands out: a case, a copy under its boxes; and encrypted names of senders
HANDED_OUT = {("bagging", "handed_out"), ("copying", "file"), ("sealing", "sources")}


def _parts(desk: Desk) -> Iterator[tuple[str, str, object]]:
    for name, part in vars(desk).items():
        if name.startswith("_") or not type(part).__module__.startswith("verify.desk"):
            continue
        for method, function in inspect.getmembers(type(part), inspect.isfunction):
            if not method.startswith("_"):
                # alone: what is taken may be named for the type checker only
                given = {"return": function.__annotations__.get("return")}
                alone = types.SimpleNamespace(__annotations__=given)
                yield (
                    name,
                    method,
                    typing.get_type_hints(alone, inspect.unwrap(function).__globals__)["return"],
                )


@pytest.fixture
def scene(desk: Desk, noor: Person) -> Scene:
    return Scene(desk, noor)


@pytest.fixture(params=[*Role])
def somebody(desk: Desk, request: pytest.FixtureRequest) -> Person:
    return desk.team.admit("telegram", "70", "Somebody", request.param)


def test_every_method_of_the_desk_that_gives_a_picture_is_walked(desk: Desk) -> None:
    giving = set()
    for name, method, returned in _parts(desk):
        told = str(returned)
        if (name, method) not in HANDED_OUT:
            assert "bytes" not in told and "Image" not in told, f"desk.{name}.{method} gives {told}"
        if "Picture" in told or "Clip" in told or "Part'" in told:
            giving.add((name, method))
    assert giving == WALK.keys() | MOVING.keys()


def test_by_itself_nothing_leaves_and_steps_go_no_further_than_asked(
    scene: Scene, somebody: Person
) -> None:
    for way, show in WALK.items():
        with pytest.raises(Covered) as raised:
            show(scene, somebody, None)
        assert raised.value.covers, way
        with pytest.raises(Covered):
            show(scene, somebody, Step.WORDS)
        drawing, small, full = (
            show(scene, somebody, step) for step in (Step.DRAWING, Step.SMALL, Step.FULL)
        )
        assert [one.step for one in (drawing, small, full)] == [*Step][1:]
        assert _tones(drawing) < 0.5 * _tones(full), way
        assert _colours(drawing) < 12 and _colours(small) < 12, way
        assert _detail(small) < _detail(full), way


def test_nothing_moves_or_sounds_by_itself(scene: Scene, somebody: Person) -> None:
    for way, (steps, play) in MOVING.items():
        for step in {None, *Step} - steps:
            with pytest.raises(Covered):
                play(scene, somebody, step)
        if way != ("films", "sound"):  # these films have none
            assert play(scene, somebody, Step.SMALL)


def test_what_is_not_covered_stays_as_it_is(desk: Desk, noor: Person) -> None:
    place = bring(desk, noor, encode(photograph("china")))
    near = bring(desk, noor, encode(shrunk(photograph("china"))))
    [match] = desk.reports.exhibit(noor, *near).matches
    assert desk.pictures.card(noor, match.id).step is Step.FULL
    assert desk.pictures.alone(noor, *place).covers == ()


def _array(picture: Picture) -> Any:
    return np.asarray(Image.open(io.BytesIO(picture.jpeg)).convert("RGB"), dtype=int)


def _tones(picture: Picture) -> float:
    """The share of pixels that are neither ink nor paper."""
    grey = _array(picture).mean(axis=2)
    return float(((grey > 50) & (grey < 190)).mean())


def _colours(picture: Picture) -> float:
    """How far the most coloured hundredth of the pixels is from grey; labels are little."""
    rgb = _array(picture)
    return float(np.percentile(rgb.max(axis=2) - rgb.min(axis=2), 95))


def _detail(picture: Picture) -> float:
    """How much of the picture is neither flat nor paper."""
    grey = _array(picture).mean(axis=2)
    return float((np.abs(np.diff(grey, axis=1)) > 2).sum())


# --- all buttons --------------------------------------------------------------------------------

_STEP_LABELS = {
    plain(label, Reader(language, __import__("zoneinfo").ZoneInfo("UTC")))
    # what withholds would leave nothing to press for
    for label in (*STEPS.values(), say("Nobody may hold this: withhold it"))
    for language in ("en", "ar")
}


@in_room()
async def test_no_button_shows_a_covered_picture_but_the_steps(room: Room) -> None:
    owner = room.desk.team.at_console("0", "Owner", "en")
    scene = Scene(room.desk, owner)
    for number, role in enumerate(Role):
        by = room.you
        if number:
            by = room.local.exchange.store.add_person(role.value, ("en", "ar")[number % 2])
            room.desk.team.admit("localchat", str(by), role.value, role)
        pressed = set[str]()
        for case in (scene.case, scene.film_case):
            for message in await room.say(f"/case {case}", by=by):
                await _press_all(room, by, message, pressed)
        assert len(pressed) > 12, role
        assert [one for one in room.answers(by) if "photo" in one] == [], role
    covered = [one for one in room.answers() if "Line drawing" in labels(one)]
    assert covered


async def _press_all(room: Room, by: int, message: Json, pressed: set[str]) -> None:
    """Press everything that hangs below a message, and below what comes of it, each name once."""
    waiting = [message["message_id"]]
    for message_id in waiting:
        while True:
            now = next(one for one in room.answers(by) if one["message_id"] == message_id)
            fresh = [one for one in labels(now) if one not in pressed | _STEP_LABELS]
            if not fresh:
                break
            pressed.add(fresh[0])
            try:
                came = await room.press(now, fresh[0], by=by)
            except NotFound:  # it leads to an address of the web
                continue
            waiting += [one["message_id"] for one in came]


@in_room()
async def test_each_step_is_a_press_and_says_what_it_shows(room: Room) -> None:
    (first,) = await room.send(encode(photograph("china")), "first.jpg")
    await room.press(first, "Mark")
    await room.press(room.now(first), "Mark: graphic")
    assert "from now on it is shown in steps" in words(room.now(first))
    answer, card = await room.send(encode(shrunk(photograph("china")), quality=70), "copy.jpg")
    assert "Covered, shown in steps" in words(answer)
    assert "photo" not in card
    assert "A copy, a part, a frame or a film of it is covered" in words(card)
    assert "one look is enough" in words(card)
    (drawing,) = await room.press(card, "Line drawing")
    assert drawing["photo"]
    assert "has_media_spoiler" not in drawing
    assert "smoke and fire almost vanish" in words(drawing)
    assert "Show in colour" not in labels(drawing)
    assert "In full" not in labels(drawing)
    await room.press(drawing, "Small and grey")
    small = room.now(drawing)
    assert small["has_media_spoiler"]
    await room.press(small, "What changed")
    assert "Show in colour" not in labels(room.now(drawing))
    await room.press(room.now(drawing), "In full")
    assert "Show in colour" in labels(await _side_by_side(room, drawing))
    await room.press(room.now(drawing), "More")
    assert "Line drawing" in labels(room.now(drawing))


async def _side_by_side(room: Room, message: Json) -> Json:
    await room.press(room.now(message), "Side by side")
    return room.now(message)


@in_room()
async def test_the_number_is_told_where_it_is_asked_and_in_no_message(room: Room) -> None:
    (first,) = await room.send(encode(photograph("china")), "first.jpg")
    await room.press(first, "Mark")
    await room.press(room.now(first), "Mark: sexual")
    (page,) = await room.say("/care")
    assert "whoever administers" in words(page)
    (page,) = await room.say("/care 1")
    (drawing,) = await room.press(room.now(first), "Line drawing")
    with room.local.exchange.feed.listening(room.you) as told:
        await room.press(drawing, "Small and grey")
        await room.press(room.now(drawing), "In full")
        await room.press(page, "My number")
    said = [one["text"] for one in iter(lambda: told.get_nowait() if told.qsize() else None, None)
            if one["kind"] == "answer"]  # fmt: skip
    assert [bool(one) for one in said] == [False, True, True]
    assert "You have opened 1 covered picture today" in said[1]
    assert "1 today, 1 in seven days" in said[2].replace("\u2068", "").replace("\u2069", "")
    kept = room.local.messages(room.you)
    assert not any("seven days" in str(one) or "A pause" in str(one) for one in kept)


@in_room()
async def test_a_film_by_words_first_then_frame_by_frame_at_one_step(room: Room) -> None:
    owner = room.desk.team.at_console("0", "Owner", "en")
    film = filmed(*(shrunk(photograph(name)) for name in ("china", "flower", "coffee")))
    kept = room.desk.receiving.receive(owner, arrived(service="localchat"), film)
    room.desk.examining.examine(owner, kept.exhibit_id)
    room.desk.marking.mark(owner, kept.case_id, kept.exhibit_id, Sensitive.GRAPHIC)
    (shown,) = await room.say(f"/case {kept.case_id}")
    (told,) = await room.press(shown, "Pictures of the film")
    assert "photo" not in told
    (strip,) = await room.press(told, "Line drawing")
    assert strip["photo"]
    await room.press(strip, "Enlarge")
    await room.press(room.now(strip), "1 s ›")
    frame = room.now(strip)
    assert "The film at 0:01" in words(frame)
    assert "A line drawing." in words(frame)
    assert "Show in colour" not in labels(frame)
    await room.press(frame, "Small and grey")
    assert "The film at 0:01" in words(room.now(strip))
    assert "Small and grey: the picture itself." in words(room.now(strip))
