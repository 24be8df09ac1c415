"""A real PostgreSQL for the tests, with TLS by certificates that are made here."""

from __future__ import annotations

import datetime
import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import psycopg
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

_HBA = """
local all all trust
hostssl all +verify_hub_desk 127.0.0.1/32 cert
host all postgres 127.0.0.1/32 trust
"""
_PATIENCE = 60  # seconds


def programs() -> Path | None:
    """The folder of `initdb` and `postgres`; None where there is no server."""
    found = shutil.which("initdb")
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    path = Path(found).resolve() if found else installed[-1] if installed else None
    return path.parent if path and (path.parent / "postgres").exists() else None


@dataclass
class Server:
    """folder: of its socket, its data and its certificates."""

    folder: Path
    port: int
    process: subprocess.Popen[bytes] | None = None
    made: list[str] = field(default_factory=list)

    def url(self, database: str, role: str = "postgres") -> str:
        """By the socket, which asks for nothing."""
        return f"postgresql://{role}@/{database}?host={self.folder}&port={self.port}"

    def by_tls(self, database: str, role: str, more: str = "") -> str:
        """By TLS, with the certificate of that role."""
        files = f"sslcert={self.folder}/{role}.crt&sslkey={self.folder}/{role}.key"
        trusted = f"sslrootcert={self.folder}/ca.crt"
        return (
            f"postgresql://{role}@127.0.0.1:{self.port}/{database}"
            f"?sslmode=verify-full&{trusted}&{files}{more}"
        )

    def database(self) -> str:
        """A new empty one."""
        self.made.append(f"hub{len(self.made)}")
        self.run("postgres", f"CREATE DATABASE {self.made[-1]}")
        return self.made[-1]

    def run(self, database: str, sql: str, role: str = "postgres") -> list[tuple[Any, ...]]:
        """Run a statement as somebody."""
        with psycopg.connect(self.url(database, role), autocommit=True) as one:
            cursor = one.execute(sql)  # type: ignore[call-overload]
            return cursor.fetchall() if cursor.description else []

    def start(self) -> None:
        """Start it and wait until it answers."""
        options = (
            *("-D", self.folder / "data", "-k", self.folder, "-p", str(self.port)),
            *("-c", "listen_addresses=127.0.0.1", "-c", "fsync=off", "-c", "ssl=on"),
            *("-c", f"ssl_cert_file={self.folder}/server.crt"),
            *("-c", f"ssl_key_file={self.folder}/server.key"),
            *("-c", f"hba_file={self.folder}/hba", "-c", "shared_buffers=16MB"),
            *("-c", "max_connections=60"),
        )
        folder = programs()
        assert folder
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(
                [*_as_nobody(), folder / "postgres", *options], stdout=log, stderr=log
            )
        ended = time.monotonic() + _PATIENCE
        while time.monotonic() < ended:
            try:
                self.run("postgres", "SELECT 1")
                return
            except psycopg.OperationalError:
                time.sleep(0.05)
        raise AssertionError((self.folder / "log").read_text())

    def stop(self) -> None:
        """Kill it as a power cut does, with all that it serves."""
        if self.process is not None:
            pid = int((self.folder / "data" / "postmaster.pid").read_text().split()[0])
            os.kill(pid, signal.SIGINT)
            self.process.wait(_PATIENCE)
            self.process = None

    def certificate(self, name: str) -> None:
        """A key and a certificate for a desk, signed by whoever runs the hub."""
        _signed(self.folder, name, name)


@contextmanager
def started(folder: Path) -> Iterator[Server]:
    """A server for as long as the body runs. folder: empty; its path is short."""
    bin_ = programs()
    assert bin_
    folder.chmod(0o755)
    if os.geteuid() == 0:
        shutil.chown(folder, "nobody")
    made = (bin_ / "initdb", "-D", folder / "data", "-A", "trust", "-U", "postgres", "--no-sync")
    subprocess.run([*_as_nobody(), *made, "-E", "UTF8", "--locale=C"], check=True,
                   stdout=subprocess.DEVNULL)  # fmt: skip
    _signed(folder, "ca", "The hub of the tests")
    _signed(folder, "server", "127.0.0.1")
    (folder / "hba").write_text(_HBA)
    if os.geteuid() == 0:
        for name in ("server.crt", "server.key", "ca.crt"):
            shutil.chown(folder / name, "nobody")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = Server(folder, port)
    server.start()
    server.run("postgres", f"ALTER SYSTEM SET ssl_ca_file = '{folder}/ca.crt'")
    server.run("postgres", "SELECT pg_reload_conf()")
    try:
        yield server
    finally:
        server.stop()


def _as_nobody() -> list[str]:
    """PostgreSQL refuses root."""
    return ["runuser", "-u", "nobody", "--"] if os.geteuid() == 0 else []


def _signed(folder: Path, name: str, common: str) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common)])
    by, signer = subject, key
    if name != "ca":
        signer = serialization.load_pem_private_key((folder / "ca.key").read_bytes(), None)
        by = x509.load_pem_x509_certificate((folder / "ca.crt").read_bytes()).subject
    now = datetime.datetime.now(datetime.UTC)
    built = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(by)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=7))
        .add_extension(x509.BasicConstraints(ca=name == "ca", path_length=None), critical=True)
    )
    if name == "server":
        here = x509.SubjectAlternativeName([x509.IPAddress(ip_address(common))])
        built = built.add_extension(here, critical=False)
    certificate = built.sign(signer, hashes.SHA256())
    (folder / f"{name}.crt").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    secret = folder / f"{name}.key"
    secret.touch(0o600)
    secret.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
