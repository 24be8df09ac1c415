"""Every importer in the lab's child, where nothing can be opened or looked up any more."""

from __future__ import annotations

import io
import json
from pathlib import Path

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from verify.lab.importers import importers
from verify.records import ListedHash, Post
from verify.sandbox import Sandbox, told_in

PAGE = '<meta charset="windows-1256"><title>T</title><p>words &eacute; #x</p>'
HASH = "ab" * 32


def warc() -> bytes:
    held = io.BytesIO()
    writer = WARCWriter(held, gzip=True)
    answer = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")
    page = io.BytesIO(PAGE.encode())
    link = "https://news.example/1"
    writer.write_record(writer.create_warc_record(link, "response", page, http_headers=answer))
    return held.getvalue()


MESSAGE = {"id": 1, "type": "message", "date": "2020-06-12T16:03:00", "text": "a #ب"}
CHAT = {"name": "A", "type": "public_channel", "id": 17, "messages": [MESSAGE]}
TWEET = {"id_str": "1", "created_at": "Fri Jun 12 14:03:00 +0000 2020", "text": "", "user": {}}
SAMPLES: dict[str, tuple[str, str | bytes]] = {
    "telegram_json": ("result.json", json.dumps(CHAT)),
    "telegram_html": (
        "messages.html",
        '<title>Exported Data</title><div class="history"><div class="message default" '
        'id="message1"><div class="from_name">A</div><div class="text">a</div></div></div>',
    ),
    "whatsapp": ("_chat.txt", "\u200f[٢٥/٦/٢٠٢٤، ٨:٤٦:٠٠ م] Ana: x\n"),
    "ytdlp": ("a.info.json", '{"id": "1", "extractor": "youtube", "upload_date": "20200612"}'),
    "gallery_dl": ("a.jpg.json", '{"category": "twitter", "subcategory": "x", "tweet_id": 1}'),
    "twitter_jsonl": ("t.jsonl", json.dumps(TWEET)),
    "fourcat": ("x.csv", "id,thread_id,author,body,timestamp\n1,1,a,b,2020-06-12 14:03:00\n"),
    "posts_csv": ("p.csv", 'date,author,text\n13/6/2020 1:05 PM,a,"x"\n'),
    "hash_lines": ("h.txt", f"{HASH}  a.jpg\n"),
    "hash_list": ("h.csv", f"type,value\nmd5,{HASH[:32]}\n"),
    "auto_archiver": ("s.csv", "Link,Archive status,Archive location\nhttps://a.example,ok,\n"),
    "proofmode": (f"{HASH}.proof.json", json.dumps({"File Hash SHA256": HASH})),
    "singlefile": (
        "a.html",
        "<!--\n Page saved with SingleFile \n url: https://a.example \n-->" + PAGE,
    ),
    "mhtml": (
        "a.mhtml",
        'Content-Type: multipart/related; boundary="b"\r\nDate: Fri, 12 Jun 2020 14:03:00 GMT\r\n'
        "\r\n--b\r\nContent-Location: https://a.example\r\n"
        f"Content-Transfer-Encoding: quoted-printable\r\n\r\n{PAGE}\r\n--b--\r\n",
    ),
    "warc": ("a.warc.gz", warc()),
    "wacz_pages": ("pages.jsonl", '{"format": "json-pages-1.0"}\n{"url": "https://a.example"}\n'),
}


def test_every_importer_reads_behind_the_walls(sandbox: Sandbox, tmp_path: Path) -> None:
    names = {importer.__name__.rpartition(".")[2]: importer.NAME for importer in importers()}
    assert names.keys() == SAMPLES.keys(), "an importer needs a sample here"
    for module, (name, held) in SAMPLES.items():
        export = tmp_path / module
        export.write_bytes(held if isinstance(held, bytes) else held.encode())
        with (tmp_path / "posts").open("w+b") as posts:
            told = sandbox.posts(export, posts, name=name)
            assert getattr(told, "format", told) == names[module]
            read = ListedHash if module in ("hash_list", "hash_lines") else Post
            assert [type(one) for one in told_in(posts)] == [read], module
