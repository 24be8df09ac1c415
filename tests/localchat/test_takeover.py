"""Another account on this computer tries to take the page over; a real browser looks on."""

from __future__ import annotations

import os
import socket
import socketserver
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.conftest import PATIENCE
from tests.localchat.served import Served, served
from verify.sandbox import Sandbox


class Impostor(BaseHTTPRequestHandler):
    """Answers everything as a desk would that knows no secret, and keeps what it is told."""

    heard: list[str]
    page = b"<h1>Type your key</h1>"

    def _answer(self) -> None:
        length = int(self.headers.get("content-length") or 0)
        self.heard.append(f"{self.requestline}\n{self.headers}\n{self.rfile.read(length)!r}")
        body = self.page if self.command == "GET" else b'{"number": "%s", "proof": "%s"}'
        body = body.replace(b"%s", b"A" * 43)
        self.send_response(200)
        self.send_header("Content-Type", "text/html" if self.command == "GET" else "text/plain")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_GET = do_POST = do_OPTIONS = _answer  # noqa: N815 - the library's names

    def log_message(self, *_: object) -> None:
        pass


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


@contextmanager
def impostor(port: int = 0) -> Iterator[tuple[int, list[str]]]:
    heard: list[str] = []
    handler = type("Handler", (Impostor,), {"heard": heard})
    with Server(("127.0.0.1", port), handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        try:
            yield server.server_address[1], heard
        finally:
            server.shutdown()
            thread.join()


@pytest.fixture
def server(home: Path, sandbox: Sandbox, chromium: Browser) -> Iterator[Served]:
    with served(home, sandbox) as server:
        yield server


@pytest.fixture
def page(server: Served, chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context()
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.goto(server.chat.link)
    expect(page.locator("#log")).to_have_attribute("aria-busy", "false")
    yield page
    context.close()


def test_who_takes_the_port_of_a_desk_that_died_hears_and_shows_nothing(
    page: Page, server: Served
) -> None:
    page.get_by_role("textbox", name="Message").fill("Not for others")
    secret = page.evaluate("sessionStorage.getItem('desk')")
    port = int(server.chat.address.rpartition(":")[2])
    server.die()
    with impostor(port) as (_, heard):
        expect(page.locator("#state")).to_contain_text("The desk has stopped")
        expect(page.get_by_role("alert")).to_contain_text("The desk has stopped")
        page.keyboard.press("Enter")
        page.wait_for_timeout(1500)  # it would have come back by then
        asked = [one for one in heard if "/api/meet" not in one.partition("\n")[0]]
        assert asked == []
        assert len(heard) <= 3
        assert not [one for one in heard if "Not for others" in one or secret in one]
        assert page.evaluate("sessionStorage.length") == 0
        expect(page.locator("#write")).to_have_attribute("inert", "")
        page.reload()  # now all of it is the impostor's
        expect(page.get_by_role("heading")).to_have_text("Type your key")
        assert page.evaluate("sessionStorage.length + document.cookie.length") == 0


def test_a_page_that_its_desk_leaves_says_so_and_asks_nobody_again(
    page: Page, server: Served
) -> None:
    port = int(server.chat.address.rpartition(":")[2])
    server.stop()
    with impostor(port) as (_, heard):
        expect(page.locator("#state")).to_contain_text("The desk has stopped")
        page.wait_for_timeout(1000)
        assert heard == []


def test_a_page_on_another_port_gets_no_cookie_and_no_answer(page: Page, server: Served) -> None:
    with impostor() as (port, heard):
        other = page.context.new_page()
        other.goto(f"http://127.0.0.1:{port}/")
        assert "cookie" not in heard[0].lower()
        asked = """async (address) => {
          const told = [];
          for (const path of ["start", "messages", "meet"]) {
            for (const mode of ["cors", "no-cors"]) {
              const options = { method: "POST", mode, credentials: "include", body: "{}" };
              const answer = await fetch(`${address}/api/${path}`, options).catch((e) => e);
              told.push(answer instanceof Error || !answer.status ? "" : await answer.text());
            }
          }
          const tab = window.open(address);
          await new Promise((resolve) => setTimeout(resolve, 500));
          try { told.push(tab.document.body.textContent); } catch { told.push(""); }
          told.push(document.cookie, sessionStorage.getItem("desk") ?? "");
          return told.join("");
        }"""
        assert other.evaluate(asked, server.chat.address) == ""


def test_a_used_address_opens_nothing(page: Page, server: Served, chromium: Browser) -> None:
    link = server.chat.link
    first, second = chromium.new_context(), chromium.new_context()
    first.set_default_timeout(PATIENCE)
    second.set_default_timeout(PATIENCE)
    tab = first.new_page()
    tab.goto(link)
    expect(tab.locator("#log")).to_have_attribute("aria-busy", "false")
    assert tab.url == f"{server.chat.address}/"
    late = second.new_page()
    late.goto(link)
    expect(late.get_by_role("heading")).to_have_text("This desk is closed to this browser")
    late.goto(server.chat.doorway.as_uri())
    expect(late.locator("#log")).to_have_attribute("aria-busy", "false")
    first.close()
    second.close()


@pytest.mark.skipif(
    sys.platform == "win32" or os.geteuid() != 0, reason="only root becomes somebody else"
)
def test_another_account_reads_no_key(server: Served) -> None:
    """What it can see of processes, and of the file that opens the page."""
    key = server.chat.link.partition("#")[2]
    look = 'cat /proc/*/cmdline /proc/*/environ 2>/dev/null; cat "$1" 2>/dev/null; ls "$2" 2>&1'
    home = server.chat.doorway.parent
    done = subprocess.run(
        ["sh", "-c", look, "sh", server.chat.doorway, home],
        user=65534,
        group=65534,
        extra_groups=[],
        capture_output=True,
        check=False,
    )
    assert b"python" in done.stdout and key.encode() not in done.stdout
    assert b"ermission denied" in done.stdout


def test_who_waits_at_a_port_is_not_met_by_the_next_start(home: Path, sandbox: Sandbox) -> None:
    """A page that a browser keeps for an address would be of whoever was there before."""
    with served(home, sandbox) as before:
        port = int(before.chat.address.rpartition(":")[2])
    with socket.create_server(("127.0.0.1", port)), served(home, sandbox) as after:
        assert after.chat.address != before.chat.address
