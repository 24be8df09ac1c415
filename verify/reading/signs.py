"""Words that say of the name beside them that it is a place, or that it is none, by language.

All folded (`verify.folding`): й is written и, ї is і, أ and إ are ا, ى and ة are ي and ه.
"""

from __future__ import annotations

import re

from verify.folding import fold_words

LANGUAGES = ["en", "ar", "uk", "ru", "fr", "es", "de", "tr", "fa", "pl", "it", "pt", "he", "el"]

# "in", "near": what follows is where it was.
_IN = {
    "en": "in at near from outside inside around across above nearby",
    "ar": "في من قرب وسط داخل خارج ضواحي ريف محيط شمال جنوب شرق غرب شمالي جنوبي شرقي غربي نواحي ب "
    "بل",
    "uk": "у в під біля поблизу з із зі коло поруч над навколо на",
    "ru": "в во под около возле близ из с над вблизи на",
    "fr": "a en dans pres autour sur depuis au aux",
    "es": "en desde cerca sobre sino",
    "de": "in aus bei nahe um im sondern",
    "fa": "در از نزديك شرق غرب شمال جنوب",
    "pl": "w we z ze pod kolo kolo nad na spod",
    "it": "a ad in da su presso vicino nel nella",
    "pt": "em no na perto desde",
    "he": "ליד מול ב",
    "el": "στο στη στην στον στα σε απο κοντα",
    "tr": "degil",
}
# "of", "to": what follows is a place if it is known as one.
_OF = {
    "en": "of to towards toward on over for into against through via hits hit strikes visits visit "
    "reaches enters leaves leaving",
    "ar": "الي علي نحو باتجاه عند حول فوق بين صوب لمدينه ل الى على",
    "uk": "по до через від проти",
    "ru": "по к ко до через от против",
    "fr": "de d du des vers contre pour sur l par",
    "es": "de del a al hacia contra por hasta para",
    "de": "auf nach uber von vor gegen am fur uber zu bis",
    "fa": "به بر تا سوي",
    "pl": "do od na przez o",
    "it": "di del della verso contro per dal dalla",
    "pt": "de do da para sobre contra ate ao a",
    "he": "אל על לעבר",
    "el": "του της για προς",
    "tr": "",
}
_NOT = {
    "en": "not isn't isnt never wasn't wasnt than",
    "ar": "ليس ليست لا لم وليس وليست ليسوا",
    "uk": "не",
    "ru": "не",
    "fr": "pas",
    "es": "no",
    "de": "nicht kein keine",
    "fa": "نه",
    "pl": "nie",
    "it": "non",
    "pt": "nao",
    "he": "לא",
    "el": "οχι δεν",
    "tr": "",
}
_NOT_AFTER = {"tr": "degil", "fa": "نيست نبود"}
# May stand between "not" and the name.
_BETWEEN = {
    "en": "in from at of the a near to show shows showing",
    "ar": "في من هو هي هذا هذه",
    "uk": "в у з із на це",
    "ru": "в во из на это",
    "fr": "a en de d du la le l au dans est",
    "es": "en de es del la el",
    "de": "in aus bei im von der die das",
    "fa": "در از",
    "pl": "w we z ze na to",
    "it": "a in di e da",
    "pt": "em de no na e do da",
    "he": "ב",
    "el": "στο στη στην σε απο το",
    "tr": "",
}
# "города" in "Крымском мосту": the word before the last of these is an adjective's
ADJECTIVES = tuple(
    fold_words("ский ского скому ским ском ская ской скую ское ские ских скими").split()
    + fold_words("ський ського ському ським ська ської ській ську ське ські ських ськими").split()
)
# "city", "camp": what stands beside it is a place, even one that is an everyday word.
_KINDS = {
    "en": "city town village camp port airport district province governorate region oblast suburb "
    "suburbs quarter neighbourhood neighborhood county outskirts countryside municipality",
    "ar": "مدينه مدينة بلده قريه محافظه مخيم مطار ميناء مينا مرفا ولايه حي ناحيه قضا ضاحيه "
    "بمدينه لمدينه ومدينه ببلده بمحافظه بلدتي مدينتي سجن ريف معبر بريف بمخيم بمطار",
    "uk": "аеропорт порт вокзал місто місті міста м село селі смт область області районі",
    "ru": "аэропорт аэропорта аэропорту порт порта вокзал "
    "город городе города г село селе область области поселок поселке пригороде районе",
    "fr": "ville village quartier aeroport port camp banlieue region province",
    "es": "ciudad pueblo barrio aeropuerto puerto provincia municipio localidad",
    "de": "stadt dorf flughafen hafen raum region bahnhof bezirk landkreis vorort",
    "tr": "ili sehri kenti ilcesi limani havalimani gari merkezi valiligi belediyesi "
    "depremi koyu kalesi buyuksehir kampi vilayeti katliami patlamasi",
    "fa": "شهر شهرستان روستاي فرودگاه بندر استان شهرك",
    "pl": "miasto miescie miasta wies lotnisko powiat gmina",
    "it": "citta comune aeroporto porto provincia",
    "pt": "cidade bairro aeroporto porto municipio",
    "he": "העיר עיר מחנה",
    "el": "πολη χωριο",
}
# Behind a name of these languages: "Damascus airport", "Antakya depremi".
KINDS_BEHIND = {"en", "tr", "de"}
# "newspaper", "club": what stands beside it is no place.
_BODIES = {
    "en": "newspaper club fc team band brigade battalion tribe university newspaper magazine press",
    "ar": "صحيفه قناه جريده قبيله نادي فريق جامعه لوا كتيبه شركه وكاله مجله عشيره ال ابو بو ابن بن "
    "عبد ام الشيخ الحاج السيد الدكتور الاستاذ الجنرال العقيد الرييس الشهيد فصيل "
    "حركه شارع ساحه ميدان دوار",
    "uk": "газета клуб батальион бригада фк вулиця вул проспект площа",
    "ru": "газета клуб батальон бригада фк улица ул проспект площадь сборная",
    "fr": "journal club equipe rue avenue place boulevard stade",
    "es": "diario periodico club equipo calle avenida plaza real atletico",
    "de": "zeitung verein fc platz strasse bayern",
    "tr": "gazetesi kulubu",
    "fa": "روزنامه باشگاه تيم خيابان ميدان قبيله شهيد",
    "pl": "gazeta klub ulica plac legia slask lech",
    "it": "giornale via piazza corriere squadra",
    "pt": "jornal folha rua praca clube",
    "he": "עיתון רחוב",
    "el": "εφημεριδα οδος",
}
# "mayor", "says": what stands before it acts or speaks, and lies elsewhere.
_ACTORS = {
    "en": "says said say accuses accused denies denied warns claims announces mayor footballer "
    "player players fans fan striker coach president minister resident residents native citizen "
    "citizens team club officials authorities post times newspaper based backed born fc united "
    "match herald tribune gazette agrees rejects vows insists declares blames accord agreement "
    "protocol convention summit treaty beats beat",
    "ar": "سفير قالت تقول اعلنت تعلن نفت تنفي اتهمت تتهم حذرت تدين ادانت تندد ترفض",
    "uk": "мер мера губернатор посол заявив заявила заявляє звинувачує звинуватив каже повідомляє",
    "ru": "мэр мэра губернатор посол заявил заявила заявляет обвинил обвинила обвиняет сообщает "
    "опровергла опроверг",
    "fr": "president bat accuse dit affirme annonce dement match maire condamne",
    "es": "alcalde presidente acusa dice afirma anuncia condena gana",
    "de": "burgermeister prasident schlagt besiegt verliert spielt sagt erklart wirft warnt "
    "gewinnt zeitung verurteilt meldet",
    "tr": "anlasmasi antlasmasi aciklamasi belediye baskani acikladi sampiyon gazetesi filmi "
    "sergisi takimi",
    "fa": "گفت اعلام",
    "pl": "prezydent burmistrz przegrywa gra wygrywa oskarza mowi twierdzi",
    "it": "batte vince accusa dice",
    "pt": "acusa diz vence afirma",
    "he": "הודיעה אמרה",
    "el": "δηλωσε",
}
# Begin captions with a capital and are no part of a name behind them.
_EVENTS = {
    "en": "explosion explosions strike strikes protest protests video photo photos footage attack "
    "fire flood earthquake shelling breaking old new the this clashes battle bombing drone watch "
    "smoke scene scenes today yesterday update map images",
    "de": "video foto explosion angriff beschuss brand demonstration protest demo kampfe anschlag",
    "fr": "explosion manifestation video photo attentat incendie emeutes",
    "es": "explosion video foto protesta protestas ataque incendio terremoto atentado",
    "ru": "взрыв взрывы видео фото обстрел пожар протест город удар прилет",
    "uk": "вибух вибухи відео фото обстріл пожежа удар місто",
    "pl": "wybuch protest pozar atak wideo zdjecie",
    "tr": "video patlama deprem",
    "it": "esplosione video foto incendio scontri",
    "pt": "explosao video foto protesto incendio",
}


def _words(by_language: dict[str, str]) -> dict[str, frozenset[str]]:
    return {
        language: frozenset(fold_words(words).split()) for language, words in by_language.items()
    }


IN, OF, NOT, NOT_AFTER = _words(_IN), _words(_OF), _words(_NOT), _words(_NOT_AFTER)
BETWEEN, KINDS, BODIES = _words(_BETWEEN), _words(_KINDS), _words(_BODIES)
ACTORS, EVENTS = _words(_ACTORS), _words(_EVENTS)
ARABIC_ARTICLES = frozenset(
    fold_words("al el ul ad ed ar er as es ash esh an en at et az ez").split()
)
# Of adjectives in the first case, which some Russian towns are: Грозный, Мирный.
QUALITIES = tuple(fold_words("ый ий ой ая яя ое ее ые ие").split())
# "the new Stalingrad" is elsewhere
COMPARED = frozenset(
    fold_words(
        "new second another like nuevo nueva nouveau nouvelle neue neues neuer zweites wie comme "
        "como nowy drugi новий новая новый второй другий как як kinci yeni مثل الجديدة"
    ).split()
)
FROM = frozenset(
    fold_words(
        "from between из с между з із зі від між de desde entre von aus zwischen z ze od między da "
        "dal tra من بين از بین"
    ).split()
)
TO = frozenset(
    fold_words(
        "to and в до на к и та і й a à et y e hasta para bis nach und do i verso até إلى الى و "
        "تا به"
    ).split()
)
# "refugees from Aleppo" are elsewhere
PEOPLE = frozenset(
    fold_words(
        "people residents demonstrators protesters protestors soldiers troops fighters refugees "
        "evacuees migrants families volunteers fans players doctors activists students workers "
        "survivors victims prisoners delegation convoy "
        "أهالي سكان نازحون نازحين لاجئون لاجئين مقاتلون مقاتلين جنود قوات متظاهرون متطوعون عائلات "
        "أسرى مهاجرون مهجرون مهجري "
        "люди жители жителі мешканці беженцы біженці біженців беженцев солдаты волонтеры волонтери "
        "добровольцы добровольці семьи родини эвакуированные евакуйовані делегация делегація "
        "habitants manifestants soldats réfugiés déplacés combattants familles supporters "
        "habitantes manifestantes soldados refugiados combatientes familias hinchas "
        "menschen bewohner demonstranten soldaten flüchtlinge kämpfer familien fans freiwillige "
        "mülteciler askerler göstericiler مردم ساکنان آوارگان پناهجویان سربازان"
    ).split()
)
# "the Treaty of Versailles" was not filmed there
TREATIES = frozenset(
    fold_words(
        "treaty agreement accord accords convention protocol declaration traité acuerdo acuerdos "
        "tratado convenio acordo abkommen vertrag konvention договор соглашение конвенция договір "
        "угода конвенція umowa traktat konwencja accordo trattato اتفاق اتفاقية إعلان معاهدة صلح "
        "قمة مؤتمر توافق پیمان معاهده"
    ).split()
)
NONE: frozenset[str] = frozenset()
# What is called so is wide.
REGIONS = frozenset(
    fold_words(
        "central northern southern eastern western oblast region "
        "province governorate county countryside محافظة بمحافظة "
        "ولاية ريف بريف област "
        "область області области استان ili vilayeti provincia provincie landkreis powiat district"
    ).split()
)

_SPEAKS = {
    "en": "the of in and at near from after is was by with on to for this that are an it today "
    "attack strike city during before killed a not as but his her their who has have were been",
    "fr": "le la les du de des dans a en et est sur pas ce une un d l pour apres",
    "es": "el la los las de en del y por no es un una con tras al se que",
    "de": "der die das in am im und von auf nach bei den dem nicht ein eine mit uhr aus vor",
    "tr": "ve bir icin yonetime da de ile sonra degil bu saat yangini patlamasi depremi ocak subat "
    "mart nisan "
    "haziran temmuz agustos eylul ekim kasim aralik",
    "pl": "w z na i do nie we po od pod sie jest przez roku sierpnia lutego marca kwietnia maja "
    "czerwca lipca wrzesnia pazdziernika listopada grudnia stycznia",
    "it": "nel nella alla con che dopo "
    "il lo gli di a in e del della non da per con ore su e al un una la",
    "pt": "o a os as em de do da no na nao e para com um uma ao",
    "nl": "het een van de op en niet bij",
}
_SPOKEN = {language: frozenset(words.split()) for language, words in _SPEAKS.items()}


def language_of(text: str, words: list[str]) -> str:
    """The language of a text, by its script, its letters and its small words; "en" if unclear.

    words: folded.
    """
    counts = dict.fromkeys(("ar", "he", "el", "ru", "la"), 0)
    for letter in text:
        if letter.isalpha():
            script = (
                "la"
                if letter < "Ͱ"
                else "el"
                if letter < "Ѐ"
                else "ru"
                if letter < "԰"
                else "he"
                if "֐" <= letter <= "׿"
                else "ar"
                if "؀" <= letter <= "ۿ"
                else ""
            )
            if script:
                counts[script] += 1
    script = max(counts, key=lambda one: counts[one]) if any(counts.values()) else "la"
    if script == "ru":
        return _cyrillic(text)
    if script == "ar":
        persian = len(re.findall("[پچژگکی۰-۹]", text))
        return "fa" if persian > len(re.findall("[كيةىإأ٠-٩]", text)) else "ar"
    return script if script != "la" else _latin(text.lower(), words)


def _cyrillic(text: str) -> str:
    lower = text.lower()
    ukrainian = len(re.findall("[іїєґ]", lower)) + len(re.findall(r"\b(?:у|та|від|року)\b", lower))
    russian = len(re.findall("[ыэъё]", lower)) + len(re.findall(r"\b(?:и|года|во|со)\b", lower))
    return "uk" if ukrainian > russian else "ru"


def _latin(text: str, words: list[str]) -> str:
    points = {
        language: sum(word in spoken for word in words) for language, spoken in _SPOKEN.items()
    }
    for language, letters in (
        ("tr", "[ğşı]"),
        ("pl", "[łżźćęąń]"),
        ("de", "[äß]"),
        ("es", "[ñ¿¡]"),
        ("pt", "[ãõ]"),
        ("fr", "[êœûç]"),
        ("it", "[òìè]"),
        ("fr", "[éè]"),
    ):
        points[language] += 2 * len(re.findall(letters, text))
    if re.search(r"['’](?:[dt][ae]n?|[yn]?[iıuü]n|[yn]?[aeiıuü])\b", text):
        points["tr"] += 1
    if re.search(r"\b(?:d|l|qu|n)['’]\w", text):
        points["fr"] += 1
    if re.search(r"\bà\b", text):
        points["fr"] += 1
        points["pt"] += 1
    best = max(points, key=lambda one: points[one])
    return best if points[best] > points["en"] else "en"
