from __future__ import annotations

from collections.abc import Callable

from verify.lab.importers import Source, importers
from verify.lab.importers.hash_list import read, recognises
from verify.records import ListedFrame, ListedHash, Unread

Made = Callable[..., Source]

HEAD = "type,value,label,source\n"


def test_a_list_has_hashes_with_their_labels(made: Made) -> None:
    rows = [
        f"sha256,{'AB' * 32},staged,Desk A",
        f"md5,{'cd' * 16},,",
        f"SHA-1,{'ef' * 20},x,'=y",
        f"pdq,{'9' * 62},padded,",
        f'vpdq,"0,100,{"a" * 64},0.000\n30,51,{"b" * 63},1.001",film,',
    ]
    source = made("hashes.csv", HEAD + "\n".join(rows))
    assert recognises(source)
    assert list(read(source)) == [
        ListedHash("sha256", "ab" * 32, "staged", "Desk A"),
        ListedHash("md5", "cd" * 16),
        ListedHash("sha1", "ef" * 20, "x", "=y"),
        ListedHash("pdq", "00" + "9" * 62, "padded"),
        ListedHash(
            "vpdq",
            label="film",
            frames=(ListedFrame(0, 100, "a" * 64, 0.0), ListedFrame(30, 51, "0" + "b" * 63, 1.001)),
        ),
    ]


def test_what_is_no_hash_is_told(made: Made) -> None:
    bad = ["sha256,abc,,", "md5,xyz,,", "other,ab,,", "vpdq,x,,", ",,,x", "pdq," + "a" * 65]
    found = list(read(made("h.csv", HEAD + "\n".join(bad) + f"\nmd5,{'a' * 32},{'w' * 9_999}\n")))
    assert [type(one) for one in found] == [Unread] * 6 + [ListedHash]
    assert isinstance(found[-1], ListedHash) and len(found[-1].label) == 300


def test_other_tables_are_no_list_and_no_other_format_takes_a_list(made: Made) -> None:
    assert not recognises(made("h.csv", "type,value\ncar,red\n"))
    assert not recognises(made("h.csv", HEAD))
    source = made("h.csv", HEAD + f"md5,{'a' * 32},,\n")
    assert [one.NAME for one in importers() if one.recognises(source)] == ["Hash list"]


def test_other_headers_separators_and_long_films_are_read(made: Made) -> None:
    exchange = f"Indicator;Type;Tags\nAB-{'cd' * 15};HASH_MD5;x\n{'9' * 64};HASH_PDQ;\n"
    by_kind = f'"SHA-1","MD5","FileName"\n"{"AB" * 20}","{"CD" * 16}","x.jpg"\n'
    frames = "\n".join(f"{at},100,{at:064x},{at}.5" for at in range(4_000))
    for text, found in (
        (exchange, [("md5", "ab" + "cd" * 15), ("pdq", "9" * 64)]),
        (by_kind, [("sha1", "ab" * 20), ("md5", "cd" * 16)]),
        (f'{HEAD}vpdq,"{frames}",,\n', [("vpdq", "")]),
    ):
        source = made("h.csv", text)
        assert recognises(source)
        read_from = [one for one in read(source) if isinstance(one, ListedHash)]
        assert [(one.kind, one.digits) for one in read_from] == found
    assert len(read_from[0].frames) == 4_000
