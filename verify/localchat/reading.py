"""What the page reads: who and which words, messages, pictures, a stream of changes."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path

from verify.errors import NotFound
from verify.lab.wire import FILE_BYTES
from verify.language import languages, nearest, plain, spoken
from verify.localchat.door import Call, Door
from verify.localchat.exchange import Exchange, Json
from verify.localchat.media import CLIPS, SOUNDS
from verify.localchat.page_words import WORDS
from verify.localchat.sealing import RECORD_BYTES
from verify.localchat.switching import everybody
from verify.records import say
from verify.store.localchat import StoredMessage

_LOOK = 1.0  # seconds: a wipe by another process rings no bell, and is to be seen at once
_HEARTBEAT = 15  # looks
_SCREENFUL = 60
_END = 2**53
_MOST_LANGUAGES = 50  # that a browser may name
_GONE = say("This file is no longer here.")


class Reading:
    """The endpoints that change nothing, but for the language of whom nobody asked yet."""

    def __init__(self, exchange: Exchange, door: Door) -> None:
        self._exchange = exchange
        self._door = door
        self.routes = [
            door.route(name, endpoint)
            for name, endpoint in (
                ("start", self.start),
                ("messages", self.messages),
                ("events", self.events),
                ("picture", self.picture),
                ("clip", self.clip),
                ("sound", self.sound),
                ("file", self.file),
            )
        ]

    async def start(self, call: Call) -> Json:
        """Everything that a page needs once: who, words in their language, commands."""
        self._learn_language(call)
        person = self._exchange.person(call.person)
        reader = self._door.reader(call.person)
        return {
            "person": person,
            "people": everybody(self._exchange),
            "bot": self._exchange.bot,
            "language": nearest(reader.language),
            "languages": languages(),
            "words": {name: plain(word, reader) for name, word in WORDS.items()},
            "commands": self._commands(reader.language),
            "largest": FILE_BYTES,
            "revision": self._exchange.store.revision(),
        }

    def _learn_language(self, call: Call) -> None:
        """Until somebody chooses a language it is the browser's first one that the desk speaks."""
        known, asked = self._exchange.store.person(call.person), call.asked.get("languages")
        if known is None or known[2] or not isinstance(asked, list):
            return
        codes = (one for one in asked[:_MOST_LANGUAGES] if isinstance(one, str))
        if code := next(filter(spoken, codes), None):
            self._exchange.store.set_language(call.person, nearest(code))

    async def messages(self, call: Call) -> Json:
        """The last messages, or those before one."""
        before = _number(call.asked.get("before"), _END)
        stored = self._exchange.store.messages(call.person, before, _SCREENFUL)
        return {"messages": [self._seen(one) for one in stored], "more": len(stored) == _SCREENFUL}

    async def events(self, call: Call) -> AsyncIterator[bytes]:
        """Messages as they change since a revision, and signs of the bot, without an end."""
        revision = _number(call.asked.get("since"), self._exchange.store.revision())
        return self._stream(call.person, revision)

    async def picture(self, call: Call) -> AsyncIterator[bytes]:
        """A JPEG that this server encoded itself. Nothing else is ever shown."""
        file = self._exchange.store.files.shown(str(call.asked.get("id") or ""))
        if file is None or file.kind not in ("photos", "thumbnails"):
            raise NotFound(_GONE)
        return _parts(self._exchange.store.files.content(file))

    async def clip(self, call: Call) -> AsyncIterator[bytes]:
        """The pictures of a clip that the bot made, decoded and encoded again: a JPEG a part."""
        frames = await self._exchange.pictures.clip(self._made(call, CLIPS))
        return _each(frames)

    async def sound(self, call: Call) -> AsyncIterator[bytes]:
        """A sound that the bot made, decoded: a WAV of plain samples."""
        made = await self._exchange.pictures.sound(self._made(call, SOUNDS))
        return _each([made[at : at + RECORD_BYTES] for at in range(0, len(made), RECORD_BYTES)])

    def _made(self, call: Call, kind: str) -> Path:
        """A file of this kind. Raises NotFound, also for what a person sent."""
        file = self._exchange.store.files.shown(str(call.asked.get("id") or ""))
        if file is None or file.kind != kind:
            raise NotFound(_GONE)
        return self._exchange.store.files.content(file)

    async def file(self, call: Call) -> AsyncIterator[bytes]:
        """A file to save, as it was sent. No browser is to make anything of it."""
        file = self._exchange.store.files.shown(str(call.asked.get("id") or ""))
        if file is None:
            raise NotFound(_GONE)
        return _parts(self._exchange.store.files.content(file))

    async def _stream(self, person_id: int, revision: int) -> AsyncIterator[bytes]:
        yield _event("open", {}, revision)
        with self._exchange.feed.listening(person_id) as signs:
            sign: Json = {"kind": "changed"}
            looks = 0
            while sign["kind"] != "closed" and not self._exchange.feed.closed:
                if sign["kind"] != "changed":
                    yield _event(sign["kind"], self._told(person_id, sign), revision)
                while changed := self._exchange.store.changed_since(person_id, revision):
                    for stored in changed:
                        revision = stored.revision
                        yield _event("message", self._seen(stored), revision)
                try:
                    sign = await asyncio.wait_for(signs.get(), _LOOK)
                except TimeoutError:
                    looks = (looks + 1) % _HEARTBEAT
                    sign = {"kind": "changed" if looks else "quiet"}
        yield _event("closed", {}, revision)

    def _told(self, person_id: int, sign: Json) -> Json:
        if sign["kind"] == "commands":
            language = self._exchange.person(person_id)["language_code"]
            return {"commands": self._commands(language)}
        return sign

    def _seen(self, stored: StoredMessage) -> Json:
        """A message as the page shows it."""
        seen: Json = {"id": stored.id, "mine": not stored.from_bot, "deleted": stored.deleted}
        if stored.deleted:
            return seen
        asides = {name: stored.aside[name] for name in stored.aside if name != "reply_to"}
        return {**seen, **asides, "body": self._exchange.shown(stored)}

    def _commands(self, language: str) -> list[Json]:
        """The list that Telegram would offer: the chat type's before the default, the
        person's language before none."""
        for scope in ("all_private_chats", "default"):
            for code in (language.partition("-")[0], ""):
                kept = self._exchange.store.commands(json.dumps({"type": scope}), code)
                if kept:
                    return kept
        return []


def _number(value: object, default: int) -> int:
    return value if isinstance(value, int) and 0 <= value < _END else default


def _event(kind: str, told: Json, revision: int) -> bytes:
    return json.dumps({"kind": kind, "told": told, "revision": revision}).encode()


async def _each(parts: list[bytes]) -> AsyncIterator[bytes]:
    for part in parts:
        yield part


async def _parts(path: Path) -> AsyncIterator[bytes]:
    """A file's bytes. It was there a moment ago; one that a wipe took ends the answer."""
    with path.open("rb") as file:
        while part := await asyncio.to_thread(file.read, RECORD_BYTES):
            yield part
