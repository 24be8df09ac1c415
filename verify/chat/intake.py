"""A Telegram message that carries a file, read into a submission."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from telegram import (
    Message,
    MessageEntity,
    MessageOrigin,
    MessageOriginChannel,
    MessageOriginChat,
    MessageOriginHiddenUser,
    MessageOriginUser,
)

from verify.comparisons.networks import read_link
from verify.records import Origin, OriginKind, SentAs, Submission, possible


@dataclass(frozen=True)
class Attachment:
    """The file of a message: what to ask Telegram for, and its size where that is told."""

    file_id: str
    sent_as: SentAs
    size: int | None = None
    filename: str = ""
    declared_type: str = ""


def read_attachment(message: Message) -> Attachment | None:
    """The one file that a message carries; of a photo's sizes the largest. None without a file."""
    if message.photo:
        largest = max(message.photo, key=lambda size: size.width * size.height)
        return Attachment(largest.file_id, SentAs.PHOTO, largest.file_size, "", "image/jpeg")
    # an animation is repeated as a document, for older clients: so it comes first
    for sent_as, file in (
        (SentAs.ANIMATION, message.animation),
        (SentAs.VIDEO, message.video),
        (SentAs.AUDIO, message.audio),
        (SentAs.DOCUMENT, message.document),
    ):
        if file:
            name, kind = file.file_name or "", file.mime_type or ""
            return Attachment(file.file_id, sent_as, file.file_size, name, kind)
    if voice := message.voice:
        return Attachment(voice.file_id, SentAs.VOICE, voice.file_size, "", voice.mime_type or "")
    if note := message.video_note:
        return Attachment(note.file_id, SentAs.VIDEO, note.file_size, "", "video/mp4")
    if sticker := message.sticker:
        return Attachment(sticker.file_id, SentAs.STICKER, sticker.file_size)
    return None


def read_submission(
    message: Message, file: Attachment, *, service: str, bot_id: int, received_at: datetime
) -> Submission:
    """The file's circumstances: caption, links, album, and where it was forwarded from."""
    return Submission(
        service=service,
        bot_id=bot_id,
        chat_id=message.chat_id,
        message_id=message.message_id,
        sent_as=file.sent_as,
        received_at=received_at,
        filename=file.filename,
        declared_type=file.declared_type,
        caption=message.caption or "",
        album=message.media_group_id or "",
        origin=read_origin(message),
        links=read_links(message),
    )


def read_origin(message: Message) -> Origin | None:
    """Where a forwarded message first stood. Never the person who forwards it here."""
    return origin_of(message.forward_origin)


def origin_of(told: MessageOrigin | None) -> Origin | None:
    """A source as Telegram tells it."""
    match told:
        case MessageOriginUser(sender_user=user, date=date):
            return Origin(
                kind=OriginKind.USER,
                name=user.full_name,
                external_id=str(user.id),
                username=user.username or "",
                posted_at=_stated(date),
            )
        case MessageOriginHiddenUser(sender_user_name=name, date=date):
            return Origin(kind=OriginKind.HIDDEN_USER, name=name, posted_at=_stated(date))
        case MessageOriginChat(sender_chat=chat, author_signature=signature, date=date):
            return Origin(
                kind=OriginKind.CHAT,
                name=chat.title or chat.full_name or "",
                external_id=str(chat.id),
                username=chat.username or "",
                signature=signature or "",
                posted_at=_stated(date),
            )
        case MessageOriginChannel(chat=chat, author_signature=signature, date=date) as origin:
            return Origin(
                kind=OriginKind.CHANNEL,
                name=chat.title or "",
                external_id=str(chat.id),
                username=chat.username or "",
                signature=signature or "",
                message_id=origin.message_id,
                posted_at=_stated(date),
            )
        case _:
            return None


def _stated(date: datetime) -> datetime | None:
    """When a forwarded message was sent; None for a date that none can have."""
    return date if possible(date) else None


def read_links(message: Message) -> tuple[str, ...]:
    """The links in a caption or a text, written out or behind words, and that of a message
    forwarded from a channel that has a name, each once. Never fetched.
    """
    links = [entity.url or written for entity, written in _links(message).items()]
    match message.forward_origin:
        case MessageOriginChannel(chat=chat, message_id=number) if chat.username:
            links.append(f"https://t.me/{chat.username}/{number}")
    return tuple(dict.fromkeys(links))


def _links(message: Message) -> dict[MessageEntity, str]:
    kinds: list[str | None] = [MessageEntity.URL, MessageEntity.TEXT_LINK]
    if message.text:
        return message.parse_entities(kinds)
    return message.parse_caption_entities(kinds)


def is_post_alone(message: Message) -> bool:
    """Whether a text is the address of a post on a network, and nothing else."""
    if message.forward_origin or words_beside_links(message):
        return False
    read = [read_link(one, now=message.date) for one in read_links(message)]
    return bool(read) and all(one and not one[1].archived for one in read)


def words_beside_links(message: Message) -> str:
    """What a text says beside the links that are written out in it."""
    text = message.text or ""
    for entity, written in _links(message).items():
        if entity.type == MessageEntity.URL:
            text = text.replace(written, " ")
    return " ".join(word for word in text.split() if any(map(str.isalnum, word)))
