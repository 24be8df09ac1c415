"""A made-up world of posts: four channels, a closed group and a downloaded channel.

*Nahr News* posts each photograph first. *City Copies* posts every second of them again, smaller, an
hour later; *Street Copies* a crop of every fourth, a day later. *Old Signal*, which calls itself
*New Signal* since its middle, forwards every fourth as it is. A closed WhatsApp group in Arabic and
a channel that yt-dlp downloaded show every fiftieth, smaller. All other posts are words.
"""

from __future__ import annotations

import io
import json
import random
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from PIL import Image

BEGAN = datetime(2014, 6, 12, 14, 3, 11, tzinfo=UTC)
_CHANNELS = {
    "nahr-news": ("Nahr News", "Nahr News", 1001),
    "city-copies": ("City Copies", "City Copies", 1002),
    "street-copies": ("Street Copies", "Street Copies", 1003),
    "signal": ("Old Signal", "New Signal", 1004),
}
_PLACES = ("Mosul", "Tikrit", "Homs", "Aleppo", "Raqqa", "Basra", "Kirkuk", "Idlib")
_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)
_RARE = 50
_PICTURES_A_PHOTOGRAPH = 2.04

Message = dict[str, Any]


def build(
    folder: Path, photographs: Sequence[bytes], posts: int, chance: random.Random
) -> dict[str, int]:
    """Write the world's exports into a folder; gives how many pictures there are of each kind.

    photographs: JPEGs. posts: how many in the four channels, at least those with pictures.
    """
    told: dict[str, list[Message]] = {name: [] for name in _CHANNELS}
    count = dict.fromkeys(("originals", "copies", "crops", "forwards", "elsewhere"), 0)
    rare = []
    for number, content in enumerate(photographs):
        at = BEGAN + number * _HOUR
        words = f"{_PLACES[number % 8]}, {at.day} {at:%B %Y}"
        told["nahr-news"].append(_post(folder / "nahr-news", at, words, content))
        count["originals"] += 1
        if number % 2 == 0:
            copy = _post(folder / "city-copies", at + _HOUR, "breaking", scaled(content, 0.6))
            told["city-copies"].append(copy)
            count["copies"] += 1
        if number % 4 == 0:
            crop = _post(folder / "street-copies", at + _DAY, "now", cropped(content))
            told["street-copies"].append(crop)
            count["crops"] += 1
        if number % 4 == 1:
            forward = _post(folder / "signal", at + _DAY, words, content)
            told["signal"].append({**forward, "forwarded_from": "Nahr News"})
            count["forwards"] += 1
        if number % _RARE == 0:
            rare.append(content)
    left = posts - sum(map(len, told.values()))
    for number in range(left):
        name = [*_CHANNELS][number % len(_CHANNELS)]
        words = " ".join(chance.choices(_PLACES, k=6)) + f" no. {number}"
        told[name].append(_post(folder / name, BEGAN + number * timedelta(minutes=7), words))
    for name, messages in told.items():
        former, shown, number = _CHANNELS[name]
        _numbered(messages, former, shown, number)
        _channel(folder / name, shown, number, messages)
    _group(folder / "group", rare)
    _downloaded(folder / "downloaded", rare)
    count["elsewhere"] = 2 * len(rare)
    return count


def older(folder: Path, content: bytes) -> None:
    """A channel that posted a picture two years before all others, under another place."""
    at = BEGAN.replace(year=2012, month=5, day=3)
    told = [_post(folder, at, "Homs, 3 May 2012", content)]
    _numbered(told, "River Archive", "River Archive", 1009)
    _channel(folder, "River Archive", 1009, told)


def photographs_for(pictures: int) -> int:
    """Of how many photographs the channels post about so many pictures."""
    return max(1, round(pictures / _PICTURES_A_PHOTOGRAPH))


def scaled(content: bytes, share: float) -> bytes:
    """The same picture as somebody else posts it."""
    with Image.open(io.BytesIO(content)) as picture:
        size = (max(1, round(picture.width * share)), max(1, round(picture.height * share)))
        return _jpeg(picture.convert("RGB").resize(size, Image.Resampling.LANCZOS))


def cropped(content: bytes) -> bytes:
    """Its middle, seven tenths of each side."""
    with Image.open(io.BytesIO(content)) as picture:
        left, top = round(0.15 * picture.width), round(0.15 * picture.height)
        box = (left, top, picture.width - left, picture.height - top)
        return _jpeg(picture.convert("RGB").crop(box))


def _jpeg(picture: Image.Image) -> bytes:
    file = io.BytesIO()
    picture.save(file, "JPEG", quality=82)
    return file.getvalue()


def _post(folder: Path, at: datetime, words: str, content: bytes | None = None) -> Message:
    told: Message = {"date_unixtime": str(int(at.timestamp())), "text": words, "type": "message"}
    told["text_entities"] = [{"type": "plain", "text": words}]
    if content is not None:
        (folder / "photos").mkdir(parents=True, exist_ok=True)
        name = f"photos/photo_{sum(1 for _ in (folder / 'photos').iterdir()) + 1}.jpg"
        (folder / name).write_bytes(content)
        told["photo"] = name
    return told


def _numbered(messages: list[Message], former: str, shown: str, number: int) -> None:
    """In the order of their times, by a channel that has another name since their middle."""
    messages.sort(key=lambda one: int(one["date_unixtime"]))
    for place, message in enumerate(messages, start=1):
        by = former if place <= len(messages) // 2 else shown
        message.update({"id": place, "from": by, "from_id": f"channel{number}"})


def _channel(folder: Path, shown: str, number: int, messages: list[Message]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    told = {"name": shown, "type": "public_channel", "id": number, "messages": messages}
    (folder / "result.json").write_text(json.dumps(told), encoding="utf-8")


def _group(folder: Path, contents: Sequence[bytes]) -> None:
    """A WhatsApp group as an iPhone in Arabic exports it."""
    folder.mkdir(parents=True)
    lines = ["[١٢/٦/٢٠١٤، ١٥:٠٠:٠٠] ليلى: صباح الخير"]
    for number, content in enumerate(contents, start=1):
        file = f"{number:08}-PHOTO.jpg"
        (folder / file).write_bytes(scaled(content, 0.5))
        at = BEGAN + 2 * _DAY + number * _HOUR
        lines.append(f"[{at:%d/%m/%Y، %H:%M:%S}] سامي: \u200e<المرفق: {file}>")
    (folder / "_chat.txt").write_text("\r\n".join(lines) + "\r\n", encoding="utf-8")


def _downloaded(folder: Path, contents: Sequence[bytes]) -> None:
    """A channel's films as yt-dlp notes them, with their thumbnails alone."""
    folder.mkdir(parents=True)
    for number, content in enumerate(contents, start=1):
        name = f"Film {number} [nahr{number:07}]"
        (folder / f"{name}.jpg").write_bytes(scaled(content, 0.7))
        told = {
            "id": f"nahr{number:07}",
            "title": f"Film {number}",
            "description": "from the street",
            "uploader": "Street Films",
            "channel": "Street Films",
            "channel_id": "UCmadeupmadeupmadeupmade",
            "timestamp": int((BEGAN + number * _DAY).timestamp()),
            "webpage_url": f"https://www.youtube.com/watch?v=nahr{number:07}",
            "extractor_key": "Youtube",
        }
        (folder / f"{name}.info.json").write_text(json.dumps(told), encoding="utf-8")
