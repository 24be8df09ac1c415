"""The embedded chat: the part of the Bot API that the bot uses, and a page to talk to it."""

from verify.localchat.chat import LocalChat

__all__ = ["LocalChat"]
