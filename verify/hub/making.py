"""A hub made on an empty database, and desks invited to it, by whoever owns that database."""

from __future__ import annotations

import re
import secrets
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from verify.errors import BadInput
from verify.hub.log import VERSION
from verify.records import say

if TYPE_CHECKING:
    from psycopg import Connection

_OLDEST = 14  # PostgreSQL: its bit_count
_NAME = re.compile("[a-z][a-z0-9_-]{1,39}")
_CONNECTIONS = 4  # of one desk at once


class Invitation(NamedTuple):
    """How a desk logs in. by_certificate: by one of TLS whose common name is the desk's; else by
    the password, which is shown once."""

    desk: str
    database: str
    by_certificate: bool
    password: str


def make(hub: Connection[Any]) -> bool:
    """Make the tables, functions and roles; False where they were there, and were made good.

    Raises BadInput where this is no place for a hub.
    """
    if hub.info.server_version < _OLDEST * 10_000:
        raise BadInput(say("A hub needs PostgreSQL {version} or later.", version=_OLDEST))
    with hub.transaction():
        version = _version(hub)
        if version is None:
            _demand_empty(hub)
            hub.execute(_sql("schema.sql"))
        elif version != VERSION:
            raise BadInput(
                say(
                    "The hub in this database is of version {version}, and this verify-desk makes"
                    " version {ours}: use the verify-desk that made it.",
                    version=version,
                    ours=VERSION,
                )
            )
        hub.execute(_sql("functions.sql"))
        if version is None:
            hub.execute(
                "INSERT INTO verify_hub.about (version, place) VALUES (%s, verify_hub.place())",
                (VERSION,),
            )
    return version is None


def invite(hub: Connection[Any], name: str) -> Invitation:
    """Let a desk in under this name; again for one that is invited already, with a new password.

    Raises BadInput for the name.
    """
    from psycopg.sql import SQL, Identifier, Literal

    if not _NAME.fullmatch(name):
        raise BadInput(
            say(
                "“{name}” is no name for a desk: small letters from a to z, digits, - and _, as in"
                " {example}.",
                name=name,
                example="example-facts",
            )
        )
    if _version(hub) is None:
        raise BadInput(say("There is no hub in this database: `verify-desk hub init` makes one."))
    by_certificate = _by_certificate(hub)
    password = "" if by_certificate else secrets.token_urlsafe(24)
    role = Identifier(name)
    with hub.transaction():
        known = _there(hub, "SELECT 1 FROM pg_roles WHERE rolname = %s", name)
        # a desk of this hub, or of another on the same server
        if known and not _there(
            hub,
            "SELECT 1 FROM pg_auth_members m JOIN pg_roles d ON d.oid = m.member"
            " WHERE m.roleid = 'verify_hub_desk'::regrole AND d.rolname = %s",
            name,
        ):
            raise BadInput(
                say("The server has a role “{name}” that is no desk: choose another.", name=name)
            )
        if not known:
            hub.execute(
                SQL("CREATE ROLE {} LOGIN CONNECTION LIMIT {}").format(role, Literal(_CONNECTIONS))
            )
        hub.execute(
            "INSERT INTO verify_hub.desk (role) VALUES (%s) ON CONFLICT DO NOTHING", (name,)
        )
        hub.execute(SQL("GRANT verify_hub_desk TO {}").format(role))
        for setting in ("statement_timeout", "idle_in_transaction_session_timeout"):
            hub.execute(SQL("ALTER ROLE {} SET {} = '60s'").format(role, Identifier(setting)))
        if password:  # it leaves this process as a verifier alone, which logs may hold
            verifier = hub.pgconn.encrypt_password(
                password.encode(), name.encode(), b"scram-sha-256"
            ).decode()
            hub.execute(SQL("ALTER ROLE {} PASSWORD {}").format(role, Literal(verifier)))
        else:
            hub.execute(SQL("ALTER ROLE {} PASSWORD NULL").format(role))
    return Invitation(name, hub.info.dbname, by_certificate, password)


def _by_certificate(hub: Connection[Any]) -> bool:
    """Whether the server speaks TLS and knows who signs the certificates of desks."""
    row = hub.execute(
        "SELECT current_setting('ssl') = 'on' AND current_setting('ssl_ca_file') <> ''"
    ).fetchone()
    return bool(row and row[0])


def _version(hub: Connection[Any]) -> int | None:
    if not _there(hub, "SELECT 1 FROM pg_namespace WHERE nspname = 'verify_hub'"):
        return None
    row = hub.execute("SELECT version FROM verify_hub.about").fetchone()
    return int(row[0]) if row else 0


def _demand_empty(hub: Connection[Any]) -> None:
    if _there(
        hub,
        "SELECT 1 FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname NOT"
        " LIKE 'pg\\_%%' AND n.nspname <> 'information_schema' AND %s",
        True,
    ):
        raise BadInput(
            say("This database holds other tables: make one for the hub alone, with createdb.")
        )


def _there(hub: Connection[Any], sql: str, *values: object) -> bool:
    return hub.execute(sql, values or None).fetchone() is not None


def _sql(name: str) -> str:
    return (Path(__file__).parent / name).read_text(encoding="utf-8")
