"""The environment, read and checked once at start."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from verify.errors import BadInput
from verify.records import TrustLists, listed, say
from verify.trust import trust_lists

_LIMIT_DIGITS = 9
_CONTACT = 200  # letters


@dataclass(frozen=True)
class Joining:
    """How a desk joins a hub of many. address: "" for none; it may hold a password. contact: whom
    other desks ask about what this one shares. asks: whether it keeps nothing of the hub, and asks
    it by the hashes of each picture."""

    address: str = ""
    contact: str = ""
    asks: bool = False


@dataclass(frozen=True)
class Config:
    """What a desk needs to know before it starts.

    token: None means the local chat. api_url: a local Bot API server's address.
    api_files: the only folder from which paths named by that server are read.
    proxy: the address through which the Bot API is reached; it may hold a password.
    trust: whose signatures in Content Credentials, and whose time stamps on them, are trusted.
    page_language: what VERIFY_LANGUAGE says; empty where the browser may decide it.
    stamper: the address of a time-stamp authority (RFC 3161), or "".
    hub: how the desk joins a hub of many.
    cluster_keys: the folder of the certificates with which this computer joins others.
    files_a_minute, bytes_a_day: what is taken from one person in a chat.
    """

    home: Path
    token: str | None
    api_url: str | None
    api_files: Path | None
    proxy: str | None
    owners: frozenset[int]
    zone: ZoneInfo
    language: str
    page_language: str
    trust: TrustLists
    stamper: str
    hub: Joining
    cluster_keys: Path | None
    files_a_minute: int
    bytes_a_day: int


def read_config(environment: Mapping[str, str] = os.environ) -> Config:
    """Read the settings. Raises BadInput with the name of the setting that is wrong."""
    return Config(
        home=_home(environment),
        token=_token(environment),
        api_url=_api_url(environment.get("BOT_API_URL", "")),
        api_files=_path(environment.get("BOT_API_FILES")),
        proxy=_proxy(environment.get("VERIFY_PROXY", "")),
        owners=_owners(environment.get("VERIFY_OWNERS", "")),
        zone=_zone(environment.get("VERIFY_ZONE") or "UTC"),
        language=_language(environment.get("VERIFY_LANGUAGE") or "en"),
        page_language=environment.get("VERIFY_LANGUAGE") or "",
        trust=trust_lists(_home(environment), _trust_list(environment.get("VERIFY_TRUST_LIST"))),
        stamper=_stamper(environment.get("VERIFY_STAMPER", "")),
        hub=Joining(
            hub_address(environment.get("VERIFY_HUB", "")),
            _contact(environment.get("VERIFY_HUB_CONTACT", "")),
            _asks(environment.get("VERIFY_HUB_MODE", "")),
        ),
        cluster_keys=_path(environment.get("VERIFY_CLUSTER_KEYS")),
        files_a_minute=_limit(environment.get("VERIFY_FILES_A_MINUTE") or "240"),
        bytes_a_day=_limit(environment.get("VERIFY_MB_A_DAY") or "4000") * 1_000_000,
    )


def _home(environment: Mapping[str, str]) -> Path:
    if chosen := environment.get("VERIFY_HOME"):
        return Path(chosen).expanduser().absolute()
    from platformdirs import user_data_path

    return user_data_path("verify-desk", appauthor=False)


def _path(text: str | None) -> Path | None:
    return Path(text).expanduser().absolute() if text else None


def _token(environment: Mapping[str, str]) -> str | None:
    """The token itself, or the contents of the file that holds it."""
    token = environment.get("TELEGRAM_BOT_TOKEN", "").strip()
    if not token and (name := environment.get("TELEGRAM_BOT_TOKEN_FILE")):
        try:
            token = Path(name).expanduser().read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            raise BadInput(
                say("The file named by TELEGRAM_BOT_TOKEN_FILE cannot be read.")
            ) from error
        if not token:
            raise BadInput(say("The file named by TELEGRAM_BOT_TOKEN_FILE is empty."))
    if token and (":" not in token or any(c.isspace() or c == "/" for c in token)):
        raise BadInput(say("The Telegram token is not of the form 123456:letters."))
    return token or None


def _api_url(text: str) -> str | None:
    if text and not _is_address(text, ("http", "https")):
        raise BadInput(say("BOT_API_URL takes an address such as http://127.0.0.1:8081."))
    return text or None


def _proxy(text: str) -> str | None:
    """The address as it is; it is never quoted, for it may hold a password."""
    if text and not _is_address(text, ("http", "https", "socks5", "socks5h")):
        raise BadInput(
            say(
                "VERIFY_PROXY takes an address such as socks5://127.0.0.1:9050 or"
                " http://127.0.0.1:3128."
            )
        )
    return text or None


def _stamper(text: str) -> str:
    if text and not _is_address(text, ("http", "https")):
        raise BadInput(say("VERIFY_STAMPER takes an address such as https://stamps.example/tsr."))
    return text


def hub_address(text: str) -> str:
    """The address of a hub as it is; it is never quoted. Raises BadInput."""
    if text and not text.startswith(("postgresql://", "postgres://")):
        raise BadInput(
            say(
                "VERIFY_HUB takes an address with a host, such as {example}.",
                example="postgresql://desk@hub.example/hub",
            )
        )
    return text


def _contact(text: str) -> str:
    text = text.strip()
    if len(text) > _CONTACT or not (text.isprintable() or not text):
        raise BadInput(
            say("VERIFY_HUB_CONTACT is one line of at most {limit} letters.", limit=_CONTACT)
        )
    return text


def _asks(text: str) -> bool:
    if text not in ("", "follow", "ask"):
        raise BadInput(say("VERIFY_HUB_MODE is {one} or {other}.", one="follow", other="ask"))
    return text == "ask"


def _is_address(text: str, schemes: tuple[str, ...]) -> bool:
    try:
        parts = urlsplit(text)
        return parts.scheme in schemes and bool(parts.hostname) and parts.port != 0
    except ValueError:  # a port that is no number
        return False


def _owners(text: str) -> frozenset[int]:
    try:
        return frozenset(int(part) for part in text.replace(",", " ").split())
    except ValueError as error:
        raise BadInput(
            say("VERIFY_OWNERS takes numeric Telegram ids, separated by commas.")
        ) from error


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:  # ZoneInfoNotFoundError is a KeyError
        raise BadInput(say("VERIFY_ZONE takes a zone name such as Asia/Baghdad.")) from error


def _language(code: str) -> str:
    """A code of which there is a catalogue, such as `ar`, or `ar-SY`, which is read as `ar`."""
    folder = Path(__file__).parent / "language" / "catalogues"
    known = ["en", *sorted(path.stem for path in folder.glob("*.po"))]
    if code.replace("_", "-").split("-")[0].lower() not in known:
        raise BadInput(
            say(
                "VERIFY_LANGUAGE takes the code of a language that there is: {languages}.",
                languages=listed(known),
            )
        )
    return code


def _limit(text: str) -> int:
    if text.isascii() and text.isdigit() and len(text) <= _LIMIT_DIGITS and int(text) > 0:
        return int(text)
    raise BadInput(
        say("VERIFY_FILES_A_MINUTE and VERIFY_MB_A_DAY take a whole number, at least 1.")
    )


def _trust_list(name: str | None) -> str:
    if not name:
        return ""
    try:
        return Path(name).expanduser().read_text(encoding="utf-8") or "\n"
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(say("The file named by VERIFY_TRUST_LIST cannot be read.")) from error
