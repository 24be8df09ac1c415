"""Words that stand around dates, in nine languages, by the part that they play there."""

from __future__ import annotations

from functools import cache

from verify.folding import fold_words
from verify.reading.months import months, unmistakable

# The part that a word plays is one sign; `tokens.py` writes a text as a row of them.
_PARTS = {
    # of: between day, month and year
    "o": "of de del d من di da do لشهر شهر месяца місяця monat",
    "g": "year the_year in_the_year année l'année año el_año jahr im_jahr jahres yılı yılının "
    "yılında года году год г році року рік р سال عام سنة لعام العام لسنة anno",
    "t": "to till through thru до по à a bis إلى الى حتى تا al au hasta ile ila bis_zum "
    "لغاية الی hasta_el",
    "a": "and et y und ve и і й та و e",
    "f": "from between entre von zwischen с со від з між между من بين از du del desde",
    "s": "since after following depuis desde seit nach après después_de منذ بعد после після "
    "از_سال ab after_the since_the",
    "b": "before until till avant jusqu'en jusqu'à jusqu'au antes_de vor bis_zum قبل حتى до к "
    "перед پیش_از قبل_از before_the hasta",
    "v": "beri bu_yana önce sonra kadar dek değin",
    "e": "early mid late beginning_of start_of end_of middle_of the_end_of the_beginning_of "
    "the_start_of начало начале середина середине середины конец конце конца початок початку "
    "середині кінець кінці наприкінці début fin mi principios_de finales_de mediados_de anfang "
    "mitte ende أوائل أواخر مطلع منتصف بداية نهاية أواسط اوایل اواخر اواسط début_de fin_de "
    "début_du в_начале в_конце на_початку",
    "c": "around about circa approximately ca roughly حوالي قرابة نحو около примерно близько "
    "приблизно vers environ hacia alrededor_de etwa gegen yaklaşık حدود",
    "X": "not no isn't wasn't never rather_than instead_of ليس ليست لا وليس не ні pas nicht kein "
    "non نه",
    "V": "değil değildir نیست نبود",
    "I": "in on at during within في خلال en im in у в во durante pendant während در à le el an "
    "der_nacht vom dated أثناء il",
    "N": "night_of the_night_of в_ночь_на у_ніч_на вночі_на в_ніч_на ليلة nuit_du noche_del "
    "nacht_zum ночь_на ніч_на",
    "T": "на auf",
    "u": "day days jour jours día días tag tage tagen gün день дня дней дні днів يوم أيام ایام روز "
    "يوما",
    "U": "week weeks hour hours minute minutes semaine semaines heure heures semana semanas "
    "hora horas minutos woche wochen stunde stunden minuten hafta saat dakika час часа часов "
    "годину години годин минут минуты хвилин ساعة ساعات دقيقة دقائق ساعت دقیقه",
    "A": "ago назад тому önce پیش earlier",
    "B": "il_y_a hace vor منذ قبل",
    "p": "م ميلادي ميلادية ميلاديه ad ce ميلادى",
    "q": "هـ هجري هجرية هجري_قمري قمری قمري ah",
    "z": "ش شمسی شمسي خورشیدی هجري_شمسي هجری_شمسی هـ_ش ه_ش",
    "l": "the el le la l die der das den dem am on",
}

# Days counted from the one on which the words were posted: the first and the last that is meant.
_RELATIVE = {
    (0, 0): "today this_morning this_afternoon this_evening earlier_today aujourd'hui ce_matin "
    "ce_soir cet_après_midi hoy esta_mañana esta_tarde heute heute_morgen bugün bu_sabah сегодня "
    "сьогодні сегодня_утром اليوم هذا_اليوم صباح_اليوم مساء_اليوم عصر_اليوم ظهر_اليوم فجر_اليوم "
    "امروز oggi hoje dzisiaj",
    (0, 1): "tonight cette_nuit esta_noche heute_abend heute_nacht bu_gece bu_akşam الليلة امشب "
    "сегодня_вечером сьогодні_ввечері this_night",
    (-1, -1): "yesterday hier ayer gestern dün вчера вчора أمس امس يوم_أمس البارحة مبارح دیروز "
    "yesterday_morning yesterday_afternoon yesterday_evening ieri ontem wczoraj",
    (-1, 0): "last_night overnight la_nuit_dernière hier_soir anoche gestern_abend gestern_nacht "
    "letzte_nacht dün_gece прошлой_ночью этой_ночью минувшей_ночью минулої_ночі цієї_ночі "
    "الليلة_الماضية ليلة_أمس الليلة_الفائتة دیشب last_evening",
    (-2, -2): "day_before_yesterday avant_hier anteayer vorgestern позавчера позавчора "
    "أول_أمس اول_امس پریروز evvelsi_gün",
}

_WEEKDAYS = (
    "monday mon lundi lunes montag pazartesi понедельник понедельника понеділок понеділка الاثنين "
    "الإثنين الأثنين دوشنبه",
    "tuesday tue tues mardi martes dienstag salı вторник вторника вівторок вівторка الثلاثاء "
    "سه_شنبه سهشنبه",
    "wednesday wed mercredi miércoles mittwoch çarşamba среда среду среды середа середу الأربعاء "
    "الاربعاء چهارشنبه چهار_شنبه",
    "thursday thu thurs jeudi jueves donnerstag perşembe четверг четверга четвер четверга الخميس "
    "پنجشنبه پنج_شنبه",
    "friday fri vendredi viernes freitag cuma пятница пятницу пятницы п'ятниця п'ятницю п'ятниці "
    "пятниця الجمعة جمعه",
    "saturday sat samedi sábado samstag sonnabend cumartesi суббота субботу субботы субота суботу "
    "السبت شنبه",
    "sunday sun dimanche domingo sonntag pazar воскресенье воскресенья неділя неділю неділі الأحد "
    "الاحد یکشنبه یک_شنبه",
)

MONTH, JALALI, HIJRI = "m", "j", "i"

_JALALI = (
    "فروردین حمل",
    "اردیبهشت ثور",
    "خرداد جوزا",
    "تیر سرطان",
    "مرداد امرداد اسد",
    "شهریور سنبله",
    "مهر میزان",
    "آبان عقرب",
    "آذر قوس",
    "دی جدی",
    "بهمن دلو",
    "اسفند حوت",
)
_HIJRI = (
    "محرم المحرم muharram",
    "صفر safar",
    "ربيع_الأول ربيع_اول",
    "ربيع_الثاني ربيع_الآخر",
    "جمادى_الأولى جمادى_الاول",
    "جمادى_الآخرة جمادى_الثانية جمادى_الآخر",
    "رجب rajab",
    "شعبان shaban",
    "رمضان ramadan ramazan",
    "شوال shawwal",
    "ذو_القعدة ذي_القعدة",
    "ذو_الحجة ذي_الحجة",
)

Meaning = tuple[str, tuple[int, ...]]  # the part that words play, and what they count


@cache
def vocabulary() -> dict[str, tuple[Meaning, ...]]:
    """Folded words, up to three together -> the parts that they can play."""
    found: dict[str, dict[str, tuple[int, ...]]] = {}

    def add(name: str, part: str, *numbers: int) -> None:
        found.setdefault(fold_words(name.replace("_", " ")), {}).setdefault(part, numbers)

    for name, numbers in months().items():
        add(name, MONTH, *numbers)
        if name in unmistakable():
            add(name, "k", *numbers)
    for part, names in ((JALALI, _JALALI), (HIJRI, _HIJRI)):
        for month, line in enumerate(names, start=1):
            for name in line.split():
                add(name, part, month)
    for (first, last), line in _RELATIVE.items():
        for name in line.split():
            add(name, "r", first, last)
    for day, line in enumerate(_WEEKDAYS):
        for name in line.split():
            add(name, "w", day)
    for part, line in _PARTS.items():
        for name in line.split():
            add(name, part)
    return {name: tuple(parts.items()) for name, parts in found.items()}
