"""A time-stamp authority made with OpenSSL, on this computer."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

_SETTINGS = """
[req]
distinguished_name = dn
[dn]
[root]
basicConstraints = critical,CA:TRUE
keyUsage = critical,keyCertSign
subjectKeyIdentifier = hash
[leaf]
basicConstraints = CA:FALSE
keyUsage = critical,digitalSignature
extendedKeyUsage = critical,timeStamping
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
[tsa]
default_tsa = one
[one]
serial = serial
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
ess_cert_id_alg = sha256
"""


class Authority:
    """Answers requests in a folder of its own; `root` is its certificate, in PEM."""

    def __init__(self, folder: Path, name: str) -> None:
        folder.mkdir()
        self._folder = folder
        (folder / "settings").write_text(_SETTINGS)
        (folder / "serial").write_text("01")
        for each in ("root", "between", "leaf"):
            self._run("ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", f"{each}.key")
        subject = ["-config", "settings", "-subj"]
        self._run(
            *("req", "-x509", "-new", "-key", "root.key", "-days", "3650", *subject),
            *(f"/CN=Root {name}", "-extensions", "root", "-out", "root.pem"),
        )
        for number, (each, above, kind) in enumerate(
            (("between", "root", "root"), ("leaf", "between", "leaf")), start=2
        ):
            wish = ["-key", f"{each}.key", "-out", f"{each}.csr"]
            self._run("req", "-new", *wish, *subject, f"/CN={each} {name}")
            self._run(
                *("x509", "-req", "-in", f"{each}.csr", "-CA", f"{above}.pem", "-CAkey"),
                *(f"{above}.key", "-set_serial", str(number), "-days", "3650", "-extfile"),
                *("settings", "-extensions", kind, "-out", f"{each}.pem"),
            )
        self.root = (folder / "root.pem").read_text()

    def reply(self, request: bytes) -> bytes:
        """With the whole chain of certificates, in OpenSSL's order."""
        (self._folder / "q.tsq").write_bytes(request)
        signer = ["-signer", "leaf.pem", "-inkey", "leaf.key", "-chain", "between.pem"]
        asked = ["-config", "settings", "-queryfile", "q.tsq"]
        self._run("ts", "-reply", *asked, *signer, "-out", "r.tsr")
        return (self._folder / "r.tsr").read_bytes()

    def _run(self, *arguments: str) -> None:
        command = ["openssl", *arguments]
        subprocess.run(command, cwd=self._folder, check=True, capture_output=True)

    @contextmanager
    def serving(self) -> Iterator[str]:
        """Its address."""
        authority = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                reply = authority.reply(self.rfile.read(int(self.headers["Content-Length"])))
                self.send_response(200)
                self.send_header("Content-Length", str(len(reply)))
                self.end_headers()
                self.wfile.write(reply)

            def log_message(self, *_: object) -> None:
                pass

        with HTTPServer(("127.0.0.1", 0), Handler) as server:
            Thread(target=server.serve_forever, daemon=True).start()
            yield f"http://127.0.0.1:{server.server_port}/"
            server.shutdown()
