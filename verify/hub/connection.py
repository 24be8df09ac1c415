"""The connection to a hub: by which addresses, within which times, and what refusals mean."""

from __future__ import annotations

import contextlib
import ipaddress
import logging
import socket
import threading
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from verify.errors import BadInput, Unavailable
from verify.records import Sentence, say

if TYPE_CHECKING:
    import psycopg

CONNECT_SECONDS = 10
_STATEMENT_SECONDS = 60
_LEFT_OUT = ("service", "passfile", "requirepeer", "options")  # what would lead elsewhere
_log = logging.getLogger(__name__)

# What a refusal's code begins with. Source: postgresql.org/docs/current/errcodes-appendix.html
_REFUSALS = (
    ("28", say("The hub does not let this desk in: ask whoever runs it for an invitation.")),
    ("42501", say("The hub does not know this desk: ask whoever runs it for an invitation.")),
    ("3D", say("The hub's server has no such database: look at the address in VERIFY_HUB.")),
    ("3F", say("There is no hub in this database: `verify-desk hub init` makes one.")),
    ("42", say("There is no hub in this database, or one of another version.")),
    ("53100", say("The disk of the hub's server is full.")),
    ("53", say("The hub's server has no room for another connection just now.")),
    ("25006", say("The hub takes nothing just now: its server can only be read.")),
    ("57014", say("The hub took too long to answer.")),
    ("57", say("The hub's server is being stopped or started.")),
    ("08", say("The connection to the hub broke off.")),
)
_ELSE = say("The hub refused what was asked: `verify-desk hub status` says more where it lasts.")
_AWAY = say("The hub cannot be reached.")
_UNTRUSTED = say(
    "The hub's certificate was refused: it must bear the name in VERIFY_HUB and be signed by"
    " whoever `sslrootcert` names."
)
_UNENCRYPTED = say("The hub's server does not speak TLS: ask whoever runs it.")
_KEY = say(
    "The key or certificate that VERIFY_HUB names cannot be read: a key must be closed to others"
    " (chmod 600)."
)
# libpq says these in its own words, which are English where no catalogue of its is installed
_WHILE_CONNECTING = (
    ("certificate verify failed", _UNTRUSTED),
    ("does not match host name", _UNTRUSTED),
    ("root certificate file", _UNTRUSTED),
    ("does not support SSL", _UNENCRYPTED),
    ("private key file", _KEY),
    ("certificate file", _KEY),
    ("password authentication failed", _REFUSALS[0][1]),
    ("certificate authentication failed", _REFUSALS[0][1]),
    ("no pg_hba.conf entry", _REFUSALS[0][1]),
    ("requires a valid client certificate", _REFUSALS[0][1]),
    ("no password supplied", _REFUSALS[0][1]),
    ("permission denied", _REFUSALS[0][1]),
    ('FATAL:  database "', _REFUSALS[2][1]),
    ('FATAL:  role "', _REFUSALS[0][1]),
    ("remaining connection slots", _REFUSALS[6][1]),
    ("too many", _REFUSALS[6][1]),
    ("starting up", _REFUSALS[9][1]),
    ("shutting down", _REFUSALS[9][1]),
)


@contextlib.contextmanager
def opened(address: str, *, seconds: float = 120.0) -> Iterator[psycopg.Connection[Any]]:
    """A connection in which every statement is a transaction of its own, for some seconds at most.

    It never carries what others could read: beyond this computer it speaks TLS and checks the
    server's certificate. Raises BadInput for the address, Unavailable for all that fails.
    """
    psycopg = _psycopg()
    with _in_a_sentence():
        connection = psycopg.connect(
            **_parameters(address), autocommit=True, prepare_threshold=None
        )
    with contextlib.closing(connection), _at_most(connection, seconds), _in_a_sentence():
        connection.execute(f"SET statement_timeout = '{_STATEMENT_SECONDS}s'")
        connection.execute("SET idle_in_transaction_session_timeout = '60s'")
        yield connection


def _psycopg() -> Any:
    try:
        import psycopg
    except ImportError as error:
        raise BadInput(
            say(
                "A hub needs psycopg, which is not installed: {command}",
                command="pip install 'verify-desk[hub]'",
            )
        ) from error
    return psycopg


def _parameters(address: str) -> dict[str, Any]:
    """What libpq is told: the address, nothing of the environment that would lead elsewhere, and
    TLS that checks the server, unless that is this computer. Raises BadInput."""
    from psycopg import ProgrammingError
    from psycopg.conninfo import conninfo_to_dict

    try:
        told: dict[str, Any] = dict(conninfo_to_dict(address))
    except ProgrammingError:
        raise BadInput(_wrong()) from None  # its text quotes the address, and so a password
    hosts = [one for one in str(told.get("host") or "").split(",") if one]
    if not hosts or any(told.get(name) for name in _LEFT_OUT):
        raise BadInput(_wrong())
    reached = [one for one in str(told.get("hostaddr") or "").split(",") if one]
    here = all(map(_is_here, hosts + reached))
    if not here and told.setdefault("sslmode", "verify-full") != "verify-full":
        raise BadInput(
            say(
                "Beyond this computer a hub is spoken to by TLS alone, with its certificate"
                " checked: sslmode in VERIFY_HUB must be verify-full."
            )
        )
    return {
        "hostaddr": "",  # or PGHOSTADDR would be read
        "gssencmode": "disable",
        "application_name": "verify-desk",
        **told,
        "connect_timeout": CONNECT_SECONDS,
        "keepalives_idle": 30,
        "tcp_user_timeout": 30_000,
    }


def _wrong() -> Sentence:
    return say(
        "VERIFY_HUB takes an address with a host, such as {example}.",
        example="postgresql://desk@hub.example/hub",
    )


def _is_here(host: str) -> bool:
    """Whether a host is a socket's folder or this computer itself."""
    if host.startswith("/") or host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


@contextlib.contextmanager
def _at_most(connection: psycopg.Connection[Any], seconds: float) -> Iterator[None]:
    """Cut the line after a time: a server that has stopped never says so."""
    with socket.socket(fileno=socket.dup(connection.fileno())) as line:

        def cut() -> None:
            with contextlib.suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)

        timer = threading.Timer(seconds, cut)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()
            timer.join(1.0)


@contextlib.contextmanager
def _in_a_sentence() -> Iterator[None]:
    import psycopg

    try:
        yield
    except psycopg.Error as error:
        _log.debug("the hub refused", exc_info=True)
        raise Unavailable(_refusal(error)) from error


def _refusal(error: psycopg.Error) -> Sentence:
    if code := error.sqlstate:
        return next((told for begins, told in _REFUSALS if code.startswith(begins)), _ELSE)
    text = str(error)
    return next((told for words, told in _WHILE_CONNECTING if words in text), _AWAY)
