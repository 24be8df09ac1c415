"""Zones of clocks as people write them behind a time: GMT+3, EEST, Kyiv time, بتوقيت دمشق."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from verify.folding import fold, fold_pattern

# Only what means one zone the world over: CST, IST, BST, AST mean several.
_SHORT = {
    "utc": 0,
    "gmt": 0,
    "z": 0,
    "wet": 0,
    "west": 60,
    "cet": 60,
    "cest": 120,
    "mez": 60,
    "mesz": 120,
    "eet": 120,
    "eest": 180,
    "cat": 120,
    "sast": 120,
    "msk": 180,
    "мск": 180,
    "trt": 180,
    "eat": 180,
    "idt": 180,
    "irst": 210,
    "aft": 270,
    "pkt": 300,
    "edt": -240,
    "pdt": -420,
    "غرينتش": 0,
    "جرينتش": 0,
    "гринвичу": 0,
    "гринвичем": 0,
    "грінвічем": 0,
    "greenwich": 0,
}
_SEVERAL = "cst ist bst ast est pst mst amt ect"
# Beginnings of names of towns, in any case, and the zone of their clocks.
_TOWNS = {
    "Europe/Kyiv": "kyiv kiev kiew київ києв киев украин україн ukrain ukranian كييف اوكرانيا",
    "Europe/Moscow": "moscow moskau moscou moscu moskova москв московск موسكو مسكو",
    "Asia/Damascus": "damascus damaskus damas damasco sam دمشق سوريا سوريه дамаск",
    "Asia/Beirut": "beirut beyrouth beyrut بيروت لبنان бейрут",
    "Asia/Baghdad": "baghdad bagdad bagdat بغداد العراق багдад",
    "Asia/Jerusalem": "jerusalem israel القدس اسرائيل иерусалим єрусалим kudus",
    "Asia/Gaza": "gaza غزه فلسطين газ gazze",
    "Africa/Cairo": "cairo kairo le_caire القاهره مصر каир каїр kahire",
    "Asia/Riyadh": "mecca mekka riyadh saudi مكه الرياض السعوديه ریاض",
    "Asia/Amman": "amman عمان_الاردن الاردن",
    "Asia/Aden": "sanaa aden صنعا عدن اليمن",
    "Africa/Khartoum": "khartoum الخرطوم السودان",
    "Africa/Tripoli": "libya ليبيا",
    "Africa/Tunis": "tunis tunisian تونس",
    "Africa/Algiers": "algiers alger argel الجزائر",
    "Asia/Qatar": "doha qatar الدوحه قطر",
    "Asia/Dubai": "dubai uae دبي ابوظبي الامارات",
    "Asia/Kuwait": "kuwait الكويت",
    "Asia/Tehran": "tehran teheran tahran tahran طهران تهران ايران тегеран",
    "Asia/Kabul": "kabul كابل كابول",
    "Europe/Istanbul": "istanbul ankara turkey turkiye تركيا اسطنبول стамбул анкар",
    "Europe/Paris": "paris باريس париж",
    "Europe/Berlin": "berlin برلين берлин",
    "Europe/London": "london londres londra لندن лондон",
    "Europe/Madrid": "madrid مدريد мадрид",
    "Europe/Warsaw": "warsaw варшав",
}
_LOCAL = (
    r"local(?: time)?|heures? locales?|hora local|ortszeit|yerel saat\w*|по местному(?: времени)?|"
    r"местного времени|местное время|за місцевим часом|місцевого часу|"
    r"(?:ب|حسب )?ال?توقيت ال?محلي|به وقت محلی"
)
_NAME = r"(?P<name>[^\W\d_]+(?: [^\W\d_]+)?)"
_BY_NAME = (
    rf"{_NAME.replace('name', 'en')} (?:standard |summer )?time|"
    rf"heure (?:de |d')(?P<fr>[^\W\d_]+)|hora de (?P<es>[^\W\d_]+)|"
    rf"(?P<de>[^\W\d_]+)er zeit|(?P<tr>[^\W\d_]+) saatiyle|"
    rf"по (?P<ru>[^\W\d_]+)(?: времени)?|(?P<ru2>[^\W\d_]+) времени|"
    rf"за (?P<uk>[^\W\d_]+)(?: часом)?|"
    rf"(?:ب|حسب )توقيت (?:مدينه )?(?P<ar>[^\W\d_]+)(?: المكرمه)?|به وقت (?P<fa>[^\W\d_]+)"
)
_ZONE = re.compile(
    fold_pattern(
        r"[\s,]*[(\[]?\s*(?:"
        rf"(?P<local>{_LOCAL})|"
        r"(?:utc|gmt|غرينتش|جرينتش|ب?توقيت (?:غرينتش|جرينتش))\s?(?P<offset>[+-]\s?\d{1,2}"
        r"(?::?[0-5]\d)?)(?![\d:])|"
        r"(?P<plain>[+]\d{1,2}(?::?[0-5]\d)?|-(?:0\d|1[0-2]):?[0-5]\d)(?![\d:])|"
    )
    + rf"(?P<short>{'|'.join(sorted(map(fold, (*_SHORT, *_SEVERAL.split())), key=len)[::-1])})"
    + r"(?![^\W_])|"
    + fold_pattern(_BY_NAME)
    + r")\s*[)\]]?"
)


@dataclass(frozen=True)
class Zone:
    """A zone behind a time. offset: as +03:00; "" for the clocks of the place; None where a zone
    is named that can be several. length: of the letters that name it.
    """

    offset: str | None
    length: int


def zone_behind(text: str, day: date) -> Zone | None:
    """The zone with which a folded text begins, on a day; None without one."""
    found = _ZONE.match(text)
    if not found:
        return None
    if found["local"]:
        return Zone("", found.end())
    if written := found["offset"] or found["plain"]:
        return Zone(_offset(written.replace(" ", "")), found.end())
    if found["short"]:
        minutes = _SHORT.get(found["short"])
        return Zone(None if minutes is None else as_offset(minutes), found.end())
    names = ("en", "fr", "es", "de", "tr", "ru", "ru2", "uk", "ar", "fa")
    named = next(found[name] for name in names if found[name])
    for word in (named, named.rpartition(" ")[2]):
        if word in _SHORT:
            return Zone(as_offset(_SHORT[word]), found.end())
        if zone := _of_town(word):
            return Zone(_on(zone, day), found.end())
    if found["en"] or found["ar"] or found["fr"] or found["es"] or found["fa"]:
        return Zone(None, found.end())
    return None  # "по словам", "за даними" name no zone


def as_offset(minutes: int) -> str:
    """Minutes east of UTC as +03:00."""
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"


def _offset(written: str) -> str | None:
    """GMT+3 runs three hours ahead, as people write it; only POSIX turns the sign."""
    digits = written[1:].replace(":", "")
    hours, minutes = (digits[:-2], digits[-2:]) if len(digits) > 2 else (digits, "0")
    total = int(hours) * 60 + int(minutes)
    if total > 14 * 60:
        return None
    return as_offset(-total if written[0] == "-" else total)


def _of_town(word: str) -> str | None:
    for zone, names in _TOWNS.items():
        if any(word.startswith(fold(name).replace("_", " ")) for name in names.split()):
            return zone
    return None


def _on(zone: str, day: date) -> str:
    """What clocks there showed at noon of a day."""
    noon = datetime(day.year, day.month, day.day, 12, tzinfo=ZoneInfo(zone))
    return as_offset(round((noon.utcoffset() or timedelta()).total_seconds() / 60))
