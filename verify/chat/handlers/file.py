"""A picture or another file arrives: preserved, answered at once, examined, matched."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

from telegram.ext import filters

from verify.chat import filmstrips, hidden_pictures, sealed_files, showing
from verify.chat.intake import Attachment, read_attachment, read_submission
from verify.chat.match_cards import of_match
from verify.chat.quota import DayIsFull
from verify.chat.quoting import keep_quoted
from verify.chat.replies import matches
from verify.chat.replies.choosing import chosen
from verify.chat.replies.examination import examination
from verify.chat.replies.heading import receipt, still_waiting, still_watching
from verify.chat.turn import EXAMINATION, Turn
from verify.chat.working import at_work
from verify.desk.permissions import require
from verify.desk.receiving import caption_waits
from verify.records import (
    ByteSize,
    CaseReport,
    ExhibitReport,
    Match,
    Receipt,
    Role,
    Sentence,
    Status,
    Submission,
    say,
    say_many,
)
from verify.wording import sounds
from verify.wording.matches import earliest_first

LEAST = Role.REPORTER
IN_SEALED = True
FILTER = filters.UpdateType.MESSAGE & (
    filters.PHOTO
    | filters.Document.ALL
    | filters.VIDEO
    | filters.ANIMATION
    | filters.AUDIO
    | filters.VOICE
    | filters.VIDEO_NOTE
    | filters.Sticker.ALL
)
_MOST_CARDS = 3


async def handle(turn: Turn) -> None:
    """Keep the file first, say so, then examine it and turn the answer into what was found."""
    message = turn.message
    file = read_attachment(message) if message else None
    if message is None or file is None:
        return
    require(turn.person, LEAST)
    turn.files.refuse_too_big(file)
    try:
        await _pace(turn, file)
    except DayIsFull:
        await _tell_owners(turn)
        raise
    content = await turn.files.fetch(file)
    submission = read_submission(
        message,
        file,
        service=turn.service,
        bot_id=turn.out.bot.id,
        received_at=datetime.now(UTC),
    )
    if turn.sealed:
        await sealed_files.take(turn, submission, content)
        return
    kept = await turn.call(turn.desk.receiving.receive, turn.person, submission, content)
    await turn.open_case(kept.case_id)
    answer = await _answer(turn, submission, kept)
    if message.live_photo:
        await turn.tell(_film_is_not_kept(), case_id=kept.case_id, step="film")
    async with at_work(turn.out):
        await turn.call(turn.desk.examining.examine, turn.person, kept.exhibit_id)
    # while the lab worked, the case may have been merged, or the exhibit moved
    place = await turn.call(
        turn.desk.reports.place, turn.person, kept.case_id, exhibit_id=kept.exhibit_id
    )
    report = await turn.call(turn.desk.reports.case, turn.person, place or kept.case_id)
    album = bool(submission.album)
    exhibit = chosen(report, kept.exhibit_id)
    shown = await _show(turn, answer, report, kept.exhibit_id, album=album)
    if submission.caption and report.status is Status.CONCLUDED:
        await turn.tell(caption_waits(report.id), case_id=report.id, step="caption waits")
    unwatched, unheard = _unwatched(exhibit), exhibit.sounds and exhibit.listened is None
    if not unwatched:
        await _beside(turn, report, exhibit, shown, album=album)
    if report.status is not Status.CONCLUDED:
        await keep_quoted(turn, message, report.id)
    if unwatched or unheard:
        async with turn.behind(), at_work(turn.out):
            if unwatched:
                report, shown = await _watch(turn, shown, report, kept.exhibit_id, album=album)
            await _hear(turn, shown, report, kept.exhibit_id, album=album)
            if await turn.call(turn.desk.examining.read, turn.person, kept.exhibit_id):
                report = await _as_it_stands(turn, report, kept.exhibit_id)
                await _show(turn, shown, report, kept.exhibit_id, album=album)


async def _beside(
    turn: Turn, report: CaseReport, exhibit: ExhibitReport, shown: int | None, *, album: bool
) -> None:
    """What stands below the answer about an exhibit: pictures."""
    await filmstrips.show(turn, exhibit, reply_to=shown)
    if not album:  # an album answers as a whole, and leads to the cards of each
        await _cards(turn, report, exhibit, shown)
    await hidden_pictures.show(turn, exhibit, reply_to=shown)


async def _watch(
    turn: Turn, answer: int | None, report: CaseReport, exhibit_id: int, *, album: bool
) -> tuple[CaseReport, int | None]:
    """Look at it from beginning to end, and answer once more with what that shows."""
    await turn.call(turn.desk.examining.watch, turn.person, exhibit_id)
    report = await _as_it_stands(turn, report, exhibit_id)
    shown = await _show(turn, answer, report, exhibit_id, album=album, watched=True)
    await _beside(turn, report, chosen(report, exhibit_id), shown, album=album)
    return report, shown


async def _as_it_stands(turn: Turn, report: CaseReport, exhibit_id: int) -> CaseReport:
    """The case of an exhibit, which may have been merged meanwhile, or the exhibit moved."""
    place = await turn.call(turn.desk.reports.place, turn.person, report.id, exhibit_id=exhibit_id)
    return await turn.call(turn.desk.reports.case, turn.person, place or report.id)


def _unwatched(exhibit: ExhibitReport) -> bool:
    """Whether it moves, and was not looked at from end to end yet."""
    seen = exhibit.examination
    return exhibit.film is None and seen is not None and seen.moves


def _film_is_not_kept() -> Sentence:
    return say(
        "This is a live photo. Its picture is kept, its film is not: to keep that too, save it as"
        " a video and send it as a file."
    )


async def _pace(turn: Turn, file: Attachment) -> None:
    """Wait where this person sends very many files; the update waits with it, in the inbox."""
    number = turn.message.message_id if turn.message else 0
    key = *turn.here, number
    while seconds := await turn.quota.wait_seconds(turn.person, file, key):
        if turn.quota.first_wait(turn.person):
            sentence = say_many(
                "From one person this desk takes {count} file a minute. The others wait and are"
                " taken up one after the other; there is nothing to send again.",
                "From one person this desk takes {count} files a minute. The others wait and are"
                " taken up one after the other; there is nothing to send again.",
                turn.quota.files_a_minute,
            )
            await turn.tell(sentence, step="paced")
        await asyncio.sleep(seconds)


async def _tell_owners(turn: Turn) -> None:
    """That this person's day is full: once a day, and without a word of what was sent."""
    sentence = say(
        "{person} has sent as much as this desk takes from one person within 24 hours: {limit}."
        " What goes beyond it is not kept. If that is too little, raise {setting}.",
        person=turn.person.name,
        limit=ByteSize(count=turn.quota.bytes_a_day),
        setting="VERIFY_MB_A_DAY",
    )
    await turn.tell_owners(f"quota of {turn.person.id} on {datetime.now(UTC).date()}", sentence)


async def _answer(turn: Turn, submission: Submission, kept: Receipt) -> int | None:
    """The message to turn into the examination: an album's siblings share one."""
    if earlier := await _of_album(turn, submission, kept.case_id):
        return earlier
    page = receipt(kept, submission, await _behind(turn), turn.reader)
    return await turn.out.send(
        "examination",
        page,
        reply_to=turn.reply_to,
        case_id=kept.case_id,
        exhibit_id=kept.exhibit_id,
        purpose=EXAMINATION,
    )


async def _of_album(turn: Turn, submission: Submission, case_id: int) -> int | None:
    """The answer to the album's files so far; one to the same files sent before is none."""
    if not submission.album or not (answer := await turn.latest(case_id, EXAMINATION)):
        return None
    began = await turn.call(turn.desk.receiving.album_began, turn.person, submission)
    return answer if answer > began else None


async def _behind(turn: Turn) -> int:
    """How many files of this chat wait behind this one."""
    bot_id, chat_id = turn.here
    return await turn.call(turn.memory.files_behind, bot_id, turn.out.update_id, chat_id)


async def _show(
    turn: Turn,
    answer: int | None,
    report: CaseReport,
    exhibit_id: int,
    *,
    album: bool,
    watched: bool = False,
) -> int | None:
    """Edit the answer into the examination; send it anew where the answer is gone. It says when it
    is not all of it yet.

    watched: this exhibit was looked at from beginning to end, as far as that can be done.
    """
    about = {"case_id": report.id, "exhibit_id": exhibit_id}
    text = examination(report, 0 if album else exhibit_id, turn.reader)
    if album:  # what it shows is not all of it yet
        text = still_waiting(text, await _behind(turn), turn.reader)
    others = report.exhibits if album else (chosen(report, exhibit_id),)
    if any(_unwatched(one) and not (watched and one.exhibit_id == exhibit_id) for one in others):
        text = still_watching(text, turn.reader)
    if answer and await turn.out.edit(answer, text, **about, purpose=EXAMINATION):
        return answer
    return await turn.out.send("examination again", text, **about, purpose=EXAMINATION)


async def _hear(
    turn: Turn, answer: int | None, report: CaseReport, exhibit_id: int, *, album: bool
) -> None:
    """Listen to it, behind all that its pictures show, and add what is heard to the answer."""
    if not await turn.call(turn.desk.hearing.hear, turn.person, exhibit_id):
        return
    now = await _as_it_stands(turn, report, exhibit_id)
    if any(sounds.told(chosen(now, exhibit_id))):
        await _show(turn, answer, now, exhibit_id, album=album)


async def _cards(turn: Turn, report: CaseReport, exhibit: ExhibitReport, shown: int | None) -> None:
    """A card for each of the earliest matches that has not been shown in this chat."""
    for match in [match for match in earliest_first(exhibit.matches) if match.id][:_MOST_CARDS]:
        await _card(turn, match, report, shown)


async def _card(turn: Turn, match: Match, report: CaseReport, shown: int | None) -> None:
    purpose = f"card {match.id}"
    if await turn.latest(report.id, purpose):
        return
    if turn.service == "telegram" and not match.both_from_telegram:
        text = matches.offer(match, report, turn.reader)
        await turn.out.send(
            purpose,
            text,
            reply_to=shown,
            case_id=report.id,
            exhibit_id=match.exhibit_id,
            purpose=purpose,
        )
        return
    await showing.send(turn, purpose, of_match(turn, match, report), reply_to=shown)
