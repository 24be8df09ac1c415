"""Whether words ask the desk what it answers by itself, or what only people conclude:
"is this real?", "can you check this", "when was this taken?", هل هذه الصورة حقيقية؟"""

from __future__ import annotations

import re

from verify.folding import fold, fold_pattern

_LONGEST = 14  # words; a longer text is somebody's own thought
_TRUE_OR_NOT = "|".join(
    fold(word)
    for word in (
        *("حقيقي", "صحيح", "صادق", "مزيف", "مزور", "مفبرك", "معدل", "اصلي", "قديم", "موثوق"),
        *("مضلل", "كاذب"),
    )
)
_SHOWN = "|".join(
    fold(word) for word in ("هذه", "هذا", "هذي", "هاي", "صورة", "صور", "فيديو", "مقطع", "لقطة")
)
_TRUTH = re.compile(
    r"\b(?:real|fake|faked|true|authentic|genuine|legit|legitimate|photoshopped|doctored|edited|"
    r"altered|manipulated|staged|old|recycled|verified|ai|ai[- ]generated|misleading|hoax|"
    r"out of context|trust(?:ed|worthy)?)\b"
    rf"|\b(?:{_TRUE_OR_NOT})(?:ه|ا)?\b|{fold('ذكاء اصطناعي')}|{fold('الذكاء الاصطناعي')}"
)
_ASKS = re.compile(
    rf"\b(?:is|are|was|were|isn't|does|do|did|can|could|how|has|have|{fold('هل')}|{fold('أ')})\b|"
    r"[?؟]\s*$"
)
_THIS = re.compile(
    r"\b(?:this|that|it|these|those|they|pic|picture|photo|image|video|clip|footage)\b"
    rf"|\b(?:ال|ل)?(?:{_SHOWN})"
)
_PICTURE = r"(?:pic|picture|photo|image|video|clip|footage|file)s?"
_OBJECT = rf"(?:(?:this|that|these|those|the|my) {_PICTURE}|this|that|it|these|those)"
_OBJECT_AR = rf"(?:{fold('هذه')} |{fold('هذا')} )?(?:ال)?(?:{_SHOWN})(?: (?:ال)?(?:{_SHOWN}))?"
_REQUEST = re.compile(
    r"(?:(?:can|could|would|will) (?:you|someone|somebody|anyone|anybody) |please |pls )*"
    rf"(?:check|verify|debunk|fact[- ]?check|look (?:at|into)) {_OBJECT}"
    r"(?:,? (?:please|pls|for (?:me|us)))?\s*[.!?]*"
    rf"|what(?:'s|’s| is| are| was) {_OBJECT}\s*\?*"
    r"|(?:what do you think|any (?:ideas?|thoughts)|what can you do|how does this work)\s*\?*"
    rf"|(?:{fold('ممكن')} |{fold('من فضلك')} |{fold('هل يمكن')} |{fold('ان')} |{fold('ارجو')} )*"
    rf"(?:ال|[تن])?ت?{fold('حقق')}\w* (?:{fold('من')} )?{_OBJECT_AR}\s*[.!?]*"
    rf"|{fold('ما')}(?:{fold('ذا')})? (?:{fold('هو')} |{fold('هي')} )?{_OBJECT_AR}\s*\?*"
)
_DONE = r"(?:taken|shot|filmed|recorded|made|posted|published|uploaded|shared|from)"
_CIRCUMSTANCES = re.compile(
    rf"(?:(?:do|does|can) (?:you|we|anyone|anybody) (?:know|tell(?: me| us)?) )?"
    rf"(?:(?:when|where|by whom) (?:is|was|were|are) {_OBJECT}(?: {_DONE})?(?: {_DONE})?"
    rf"|(?:when|where|by whom) {_OBJECT} (?:is|was|were|are)(?: {_DONE})?(?: {_DONE})?"
    rf"|who (?:took|shot|filmed|made|posted|shared) {_OBJECT}(?: first)?"
    rf"|how old (?:is|are) {_OBJECT}"
    rf"|(?:is|was|are|were) {_OBJECT} (?:really )?(?:from|(?:(?:taken|filmed|shot) )?in)"
    r" [^?]{1,60}(?=\?)"
    rf"|(?:is|was|are|were|has|have) {_OBJECT} (?:been )?seen(?: here)?(?: before)?(?=\s*\?)"
    rf"|(?:have|has) (?:you|we|anyone|anybody|the desk) seen {_OBJECT}(?: before)?"
    rf"|(?:{fold_pattern('متى|اين|وين|امتى')})(?: تم)?"
    rf" (?:{fold_pattern('التقطت|التقط|التقاط|صورت|صور|تصوير|نشرت|نشر|كانت|كان|هذه|هذا')})"
    rf"(?: {_OBJECT_AR})?"
    rf"|(?:من|مين)(?: الذي)? (?:التقط|صور|نشر) {_OBJECT_AR}"
    rf"|(?:هل )?(?:شوهدت|شوهد|ظهرت|ظهر)(?: {_OBJECT_AR})?(?: من قبل)?"
    rf"|(?:هل )?(?:رايتم|شاهدتم|رايت|شفتو|شفتم) {_OBJECT_AR}(?: من قبل)?)\s*[?؟]*"
)
_MORE = re.compile(r"[.!?؟:\n]\s*\S")  # another sentence behind the first


def asks_the_desk(text: str) -> bool:
    """Whether a text is nothing but such a question, about what was sent or is to be sent."""
    plain = fold(text).strip()
    words = plain.split()
    if not 0 < len(words) <= _LONGEST or _MORE.search(plain):
        return False
    if _REQUEST.fullmatch(plain):
        return True
    if not _TRUTH.search(plain):
        return False
    asked = plain.endswith(("?", "؟"))
    begins = bool(_ASKS.match(plain))
    return bool((asked and len(words) <= 2) or ((asked or begins) and _THIS.search(plain)))


def asks_the_circumstances(text: str) -> bool:
    """Whether a text only asks when, where or by whom, or whether it was seen before."""
    return bool(_CIRCUMSTANCES.fullmatch(fold(text).strip()))
