"""A Bot API that misbehaves at random: what a desk behind it loses, and whom it leaves untold.

python -m benchmarks.faults [--exchanges 1000] [--seconds 600] [--seed N]

The bot talks to the local chat's server through a transport that answers 429, 500 and 502,
lets requests time out and connections drop (before they arrived and after), answers what it did
with nothing, half an answer or a page, lets a login page stand in its place for a while, repeats
and reorders updates and lets some files expire. One of the people has blocked the bot. An
exchange is a picture, an album of two, a note or a press of a button.
"""

from __future__ import annotations

import argparse
import asyncio
import logging
import random
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.blots import blots
from benchmarks.harness import custody, office, showing
from benchmarks.weather import Json, Misbehaving, Weather
from benchmarks.wrong import exit_status
from verify.desk import Desk
from verify.localchat import LocalChat

PEOPLE = 8
_STILL_SECONDS = 180.0
_UNFETCHED = "Telegram did not hand over this file just now. Please send it again."


@dataclass
class Wrong:
    """What must be empty in the end."""

    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    untold: list[str] = field(default_factory=list)
    unfinished: list[str] = field(default_factory=list)
    custody: list[str] = field(default_factory=list)


@dataclass
class Run:
    """A desk behind bad weather, the people who write to it, and what was found."""

    home: Path
    weather: Weather
    wrong: Wrong = field(default_factory=Wrong)
    sent: Counter[str] = field(default_factory=Counter)

    async def exchanges(self, count: int, seconds: float) -> None:
        """People send, the bot answers; in the end the tables are compared."""
        async with office(self.home, PEOPLE) as opened:
            chat, people = opened.chat, opened.people
            self.weather.blocked_by = people[-1]
            bot = opened.bot(self.home, transport=Misbehaving(chat, self.weather))
            await bot.start()
            try:
                deadline = time.monotonic() + seconds
                # a person's files first: notes need a case
                talks = [self._talk(chat, one, count // PEOPLE, deadline) for one in people]
                await asyncio.gather(*talks)
                await _settled(opened.desk, chat)
            finally:
                await bot.stop()
                self._compare(opened.desk, chat, people)
        self.wrong.custody += custody(self.home)

    async def _talk(self, chat: LocalChat, person: int, count: int, deadline: float) -> None:
        chance = self.weather.random
        for number in range(count):
            if time.monotonic() > deadline:
                return
            kind = chance.choice(("file", "album", "note", "note", "note", "press", "press"))
            if number == 0 or kind == "file":
                await chat.send_file(person, blots(chance), f"{person}-{number}.jpg")
            elif kind == "album":
                two = [(blots(chance), f"{person}-{number}-{n}.jpg") for n in range(2)]
                await chat.send_album(person, two)
            elif kind == "note" or not await _press(chat, person, chance):
                await chat.send_text(person, f"Note {person}-{number}")
            self.sent["exchanges"] += 1
            # a person waits for most answers, not for all
            wait = 0.02 if chance.random() < 0.5 else 0.4
            await asyncio.sleep(wait)

    def _compare(self, desk: Desk, chat: LocalChat, people: tuple[int, ...]) -> None:
        rows = desk.store.rows
        stored = Counter((row[0], row[1]) for row in rows(
            "SELECT chat_id, message_id FROM submission"))  # fmt: skip
        notes = Counter(row[0] for row in rows("SELECT text FROM note"))
        self.wrong.doubled += [str(key) for key, count in stored.items() if count > 1]
        self.wrong.doubled += [text for text, count in notes.items() if count > 1]
        for person in people:
            by_bot: dict[bool, list[Json]] = {True: [], False: []}
            for one in chat.messages(person):
                by_bot[one["from"]["is_bot"]].append(one)
            self._person(person, by_bot[False], by_bot[True], stored, notes)
        waiting = rows("SELECT update_id FROM inbox WHERE done_at IS NULL AND failures < 3")
        self.wrong.unfinished += [f"update {row[0]}" for row in waiting]
        queued = chat.exchange.store.updates.pending()
        self.wrong.unfinished += [f"{queued} updates not fetched"] * bool(queued)
        self.sent["submissions in the end"] = len(stored)
        self.sent["notes in the end"] = len(notes)

    def _person(
        self, person: int, own: list[Json], answers: list[Json],
        stored: Counter[tuple[int, int]], notes: Counter[str],
    ) -> None:  # fmt: skip
        """Every message of one person is kept, or its sender was told why not."""
        texts = Counter(str(one.get("text") or one.get("caption")) for one in answers)
        unfetched = noteless = 0
        for one in own:
            if "text" in one:
                noteless += one["text"] not in notes
            elif (person, one["message_id"]) not in stored:
                if self.weather.expired.get(one["document"]["file_id"]):
                    unfetched += 1
                else:
                    self.wrong.lost.append(f"file {one['message_id']}")
        self.sent["expired files"] += unfetched
        self.sent["answers"] += len(answers)
        no_case = sum(count for text, count in texts.items() if "no case" in text.lower())
        if person == self.weather.blocked_by:
            return
        if noteless > no_case:
            self.wrong.lost.append(f"{noteless - no_case} notes of {person}")
        if texts[_UNFETCHED] < unfetched:
            self.wrong.untold.append(f"{unfetched - texts[_UNFETCHED]} files of {person}")
        noted = sum(count for text, count in texts.items() if text.startswith("Noted in"))
        kept = sum("text" in one for one in own) - noteless
        if noted > 2 * kept:
            self.wrong.doubled.append(f"{noted} answers to {kept} notes of {person}")
        if noted < kept:
            self.wrong.untold.append(f"{kept - noted} notes of {person}")


async def _press(chat: LocalChat, person: int, chance: random.Random) -> bool:
    """Press one of the buttons that only show something, if there is one."""
    found = [(number, button["text"]) for number, button in showing(chat.messages(person))]
    if found:
        await chat.press(person, *chance.choice(found))
    return bool(found)


async def _settled(desk: Desk, chat: LocalChat) -> None:
    """Wait until nothing waits, or until nothing was worked off for a while.

    A busy machine takes its time; one update is tried again after half a minute at most.
    """
    calm, done, deadline = 0, -1, 0.0
    while calm < 3:
        await asyncio.sleep(0.1)
        rows = desk.store.rows("SELECT done_at IS NOT NULL OR failures >= 3 FROM inbox")
        finished = sum(row[0] for row in rows)
        if finished > done:
            done, deadline = finished, time.monotonic() + _STILL_SECONDS
        if time.monotonic() > deadline:
            return
        waiting = chat.exchange.store.updates.pending() or finished < len(rows)
        calm = 0 if waiting else calm + 1


def run(home: Path, exchanges: int, seed: int, seconds: float = 3600, share: float = 0.1) -> Run:
    """So many exchanges, or as many as fit into the seconds, and what was wrong in the end."""
    faults = Run(home, Weather(random.Random(seed), share))
    asyncio.run(faults.exchanges(exchanges, seconds))
    return faults


def main() -> None:
    """Print what the service did and what was wrong in the end."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--exchanges", type=int, default=1000)
    parser.add_argument("--seconds", type=float, default=3600)
    parser.add_argument("--seed", type=int, default=random.randrange(2**32))
    asked = parser.parse_args()
    print(f"seed {asked.seed}", flush=True)
    logging.disable(logging.ERROR)
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        faults = run(Path(folder) / "home", asked.exchanges, asked.seed, asked.seconds)
    print(f"{time.monotonic() - started:.0f} s")
    for name, count in (*faults.weather.done.items(), *faults.sent.items()):
        print(f"{name:<28}{count:>8}")
    sys.exit(exit_status(faults.wrong))


if __name__ == "__main__":
    main()
