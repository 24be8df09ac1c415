"""The lines between computers: encrypted and known to each other, or not beyond this one.

Whoever reaches a scheduler of Dask runs programs on every computer behind it. So a line without
certificates stays on the computer where it begins.
"""

from __future__ import annotations

import ipaddress
import socket
import ssl
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from verify.errors import BadInput, Unavailable
from verify.records import Sentence, say

if TYPE_CHECKING:
    from distributed import Security

_FILES = ("ca.pem", "cert.pem", "key.pem")
_SECONDS = 10.0  # to reach another computer
SETTING = "VERIFY_CLUSTER_KEYS"


def parted(address: str) -> tuple[str, str, int]:
    """Scheme, host and port of an address such as tls://10.0.0.5:8786. Raises BadInput, also for
    tcp:// beyond this computer."""
    try:
        parts = urlsplit(address)
        scheme, host, port = parts.scheme, parts.hostname or "", parts.port
    except ValueError:  # a port that is no number
        scheme, host, port = "", "", None
    if scheme not in ("tls", "tcp") or not host or not port or parts.path:
        raise BadInput(say("{text} is no address here: write it as tls://HOST:8786.", text=address))
    if scheme == "tcp" and not _is_here(host):
        raise BadInput(
            say(
                "{address} is not encrypted, and whoever reaches it could run any program on all"
                " computers of the cluster: use tls:// with certificates, or tcp://127.0.0.1.",
                address=address,
            )
        )
    return scheme, host, port


def _is_here(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def security(address: str, keys: Path | None) -> Security:
    """How to speak along a line. keys: the folder of the certificates. Raises BadInput where they
    are needed and missing."""
    from distributed import Security

    if parted(address)[0] == "tcp":
        return Security()
    if keys is None:
        raise BadInput(
            say(
                "{address} needs certificates: let {setting} name the folder that holds {files}.",
                address=address,
                setting=SETTING,
                files=", ".join(_FILES),
            )
        )
    authority, certificate, key = (keys / name for name in _FILES)
    for file in (authority, certificate, key):
        if not file.is_file():
            raise BadInput(
                say(
                    "{file} is missing: {setting} names that folder.",
                    file=str(file),
                    setting=SETTING,
                )
            )
    _demand_pair(authority, certificate, key)
    given = {
        f"tls_{who}_{what}": str(file)
        for who in ("client", "scheduler", "worker")
        for what, file in (("cert", certificate), ("key", key))
    }
    return Security(tls_ca_file=str(authority), require_encryption=True, **given)


def _demand_pair(authority: Path, certificate: Path, key: Path) -> None:
    try:
        context = ssl.create_default_context(cafile=str(authority))
        context.load_cert_chain(str(certificate), str(key), password="")
    except (ssl.SSLError, OSError) as error:
        raise BadInput(
            say(
                "The certificates in {folder} cannot be used: they are damaged, encrypted, or the"
                " key belongs to another certificate.",
                folder=str(certificate.parent),
            )
        ) from error


def knock(address: str) -> None:
    """Raise Unavailable where nobody listens at an address: Dask would try for long."""
    _, host, port = parted(address)
    try:
        socket.create_connection((host, port), _SECONDS).close()
    except OSError as error:
        raise unreached(address, error) from error


def unreached(address: str, error: BaseException) -> Unavailable:
    """Why there is no line, in a sentence."""
    return Unavailable(_why(address, f"{error!r} {error} {error.__cause__!r}"))


def _why(address: str, told: str) -> Sentence:
    """What asyncio, OpenSSL and Dask say, as far as it is known what it means."""
    if any(word in told for word in ("CERTIFICATE_VERIFY", "UNKNOWN_CA", "unknown ca", "ALERT")):
        return say(
            "{address} refused the certificate, or its own is refused here: both have to be signed"
            " by the authority whose {file} both have.",
            address=address,
            file=_FILES[0],
        )
    if any(word in told for word in ("EOF", "eset", "WRONG_VERSION", "handshake")):
        return say(
            "{address} cut the line at once: one side is encrypted and the other is not, or it"
            " refused the certificate. Check tls:// and the certificates on both computers.",
            address=address,
        )
    if "refused" in told:
        return say(
            "Nobody listens at {address}: start the scheduler there with {command}",
            address=address,
            command=f"verify-desk work --serve {address}",
        )
    if any(word in told for word in ("gaierror", "Name or service", "getaddrinfo")):
        return say("There is no computer of the name in {address}.", address=address)
    return say(
        "{address} does not answer: the computer is off, a firewall is between, or the scheduler"
        " does not run.",
        address=address,
    )
