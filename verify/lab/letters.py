"""Which letters bytes stand for, where nobody said: the likeliest encoding, and that it is a guess.

UTF-8 proves itself. Where most letters are ASCII the rest is Western European, or Turkish. Else
charset-normalizer weighs the encodings that newsrooms outside the West have used; of those that
it finds alike, the first that gives letters of one script is taken.
"""

from __future__ import annotations

import codecs
import unicodedata
from collections import Counter

from charset_normalizer import from_bytes

WESTERN, TURKISH = "cp1252", "cp1254"
MAX_WEIGHED = 4 << 10
_MOSTLY_ASCII = 0.66
_ONE_SCRIPT = 0.9
# In the order in which they are preferred; half of what they hold is the other's as well.
_OTHERS = {
    "cp1256": "Windows-1256 (Arabic)",
    "cp1251": "Windows-1251 (Cyrillic)",
    "cp1253": "Windows-1253 (Greek)",
    "cp1255": "Windows-1255 (Hebrew)",
    "cp932": "Shift-JIS (Japanese)",
    "gb18030": "GB 18030 (Chinese)",
    "cp949": "EUC-KR (Korean)",
    "big5": "Big5 (Chinese)",
    "koi8_r": "KOI8-R (Cyrillic)",
    "iso8859_6": "ISO 8859-6 (Arabic)",
    "iso8859_5": "ISO 8859-5 (Cyrillic)",
    "euc_jp": "EUC-JP (Japanese)",
    "mac_cyrillic": "Mac Cyrillic",
}
NAMES = {
    WESTERN: "Windows-1252 (Western European)",
    TURKISH: "Windows-1254 (Turkish)",
    **_OTHERS,
}
"""Python's name of each encoding that is ever guessed, and what readers call it."""
# What files declare: ISO 2022's final bytes for the parts of ISO 8859, and for two bytes a letter.
PARTS = {
    b"A": "iso8859_1", b"B": "iso8859_2", b"C": "iso8859_3", b"D": "iso8859_4",
    b"F": "iso8859_7", b"G": "iso8859_6", b"H": "iso8859_8", b"L": "iso8859_5",
    b"M": "iso8859_9", b"T": "iso8859_11", b"V": "iso8859_10", b"Y": "iso8859_13",
    b"_": "iso8859_14", b"b": "iso8859_15", b"f": "iso8859_16",
}  # fmt: skip
PAIRS = {b"A": "gb2312", b"B": "euc_jp", b"C": "euc_kr"}
DECLARED = (*PARTS.values(), *PAIRS.values(), "utf-16", "utf-16-le", "utf-16-be", "iso2022_jp")
_WITH = {"HIRAGANA": "CJK", "KATAKANA": "CJK", "KATAKANA-HIRAGANA": "CJK", "IDEOGRAPHIC": "CJK"}


def load() -> None:
    """Load every encoding that is ever asked for: each is a file, and walls let none be opened."""
    for name in (*NAMES, *DECLARED):
        codecs.lookup(name)
    from_bytes("قصف".encode("cp1256"), cp_isolation=[*_OTHERS])


def encoding_of(raw: bytes) -> str | None:
    """Python's name of the likeliest encoding; None for UTF-8, ASCII included, which is certain."""
    raw = raw[:MAX_WEIGHED]
    if _is_utf8(raw):
        return None
    high = sum(byte > 0x7F for byte in raw)
    ascii_letters = sum(chr(byte).isalpha() for byte in raw if byte < 0x80)
    if ascii_letters > _MOSTLY_ASCII * (high + ascii_letters):
        return TURKISH if _is_turkish(raw) else WESTERN
    weighed = from_bytes(raw, cp_isolation=[*_OTHERS], enable_fallback=False)
    likely = {match.encoding: match.chaos for match in weighed if _one_script(str(match))}
    order = list(_OTHERS)
    return min(likely, key=lambda name: (likely[name], order.index(name)), default=WESTERN)


def _is_utf8(raw: bytes) -> bool:
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.start > MAX_WEIGHED - 4  # the cut fell within a letter
    return True


def _one_script(text: str) -> bool:
    """Whether the letters beyond ASCII are of one script: wrong encodings mix them."""
    names = (unicodedata.name(letter, "?") for letter in text if letter > "\x7f")
    scripts = Counter(name.partition(" ")[0] for name in names)
    scripts["?"] += scripts.pop("HALFWIDTH", 0)  # Japanese writes no words with those
    for part, whole in _WITH.items():
        scripts[whole] += scripts.pop(part, 0)
    total = max(1, scripts.total())
    scripts.pop("?", None)
    return max(scripts.values(), default=0) >= _ONE_SCRIPT * total


def _is_turkish(raw: bytes) -> bool:
    """Whether letters stand there that are Icelandic in Western European, without its vowels."""
    letters = set(raw.decode(WESTERN, "replace"))
    return bool(letters & set("ğİışŞĞðÐþÞýÝ")) and not letters & set("áíúæÁÍÚÆ")
