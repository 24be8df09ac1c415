"""What WhatsApp itself writes into an exported chat, in the languages that are known here.

English, Spanish, French, Italian, German, Portuguese, Turkish, Arabic, Persian, Hebrew, Russian
and Ukrainian. Sources: WhatsApp's own strings as starkdmi/whats_json gathered them (`zQ+5d`,
`email_file_attached`, `email_media_omitted` and others), the subjects in ChatMatter's
`LanguageTags.java`, exports that people published, and CLDR for the halves of the day.
"""

from __future__ import annotations

import re

MARKS = "[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]"
_MARK = re.compile(MARKS)

OMITTED = {
    "": """
        Media omitted|Archivo omitido|Multimedia omitido|Fichier omis|Médias omis|Media omesso
        Media omessi|Medien weggelassen|Medien ausgeschlossen|Mídia omitida|Mídia oculta
        Arquivo de mídia oculto|Ficheiro não revelado|Medya atlanmış|Medya dahil edilmedi
        تم استبعاد الوسائط|پيوست نما/آهنگ حذف شد|מדיה הושמטה|המדיה לא נכללה|Файл пропущен
        Без медиафайлов|Медіа пропущено""",
    "photo": """
        image omitted|imagen omitida|image absente|immagine omessa|Bild weggelassen
        imagem ocultada|imagem não revelada|görüntü dahil edilmedi|لم يتم إدراج الصورة
        تصویر حذف شد|התמונה הושמטה|изображение отсутствует|зображення відсутнє""",
    "video": """
        video omitted|Video omitido|vidéo absente|video omesso|Video weggelassen|vídeo omitido
        vídeo não revelado|video dahil edilmedi|لم يتم إدراج الفيديوهات|ویدیو حذف شد
        סרטון הווידאו הושמט|видео отсутствует|відео відсутнє|Video message omitted
        Video note omitted""",
    "audio": """
        audio omitted|audio omitido|audio omis|audio omesso|Audio weggelassen|áudio ocultado
        ficheiro de áudio não revelado|ses dahil edilmedi|لم يتم إدراج المقاطع الصوتية
        صدا حذف شد|קטע קול הושמט|аудиофайл отсутствует|аудіо відсутнє""",
    "sticker": """
        sticker omitted|sticker omitido|sticker omis|sticker non incluso|Sticker weggelassen
        figurinha omitida|sticker não revelado|Çıkartma dahil edilmedi|تم حذف الملصقات
        استیکر حذف شد|סטיקר הושמט|стикер не добавлен|Наклейку не додано""",
    "gif": """
        GIF omitted|GIF omitido|GIF retiré|GIF esclusa|GIF weggelassen|GIF não revelada
        GIF dahil edilmedi|لم يتم إدراج صورة GIF|GIF حذف شد|GIF הושמט|GIF отсутствует
        GIF-анімацію пропущено""",
    "document": """
        document omitted|documento omitido|document manquant|documento omesso
        Dokument weggelassen|documento não revelado|belge dahil edilmedi|لم يتم إدراج المستند
        سند حذف شد|מסמך הושמט|документ отсутствует|документ пропущено""",
    "contact": """
        Contact card omitted|Tarjeta de contacto omitida|Fiche contact manquante
        Scheda contatto omessa|Kontaktkarte ausgelassen|Cartão do contato omitido
        Contacto não revelado|Kişi kartı dahil edilmedi|لم يتم إدراج بطاقة جهة اتصال
        برگ مخاطب حذف شد|כרטיס איש קשר הושמט|Карточка контакта отсутствует
        Картка контакту відсутня""",
}
"""What stands where a file was left out, by what kind of file."""

_ATTACHED = """
    attached|file attached|adjunto|archivo adjunto|archivo adjuntado|pièce jointe|fichier joint
    allegato|file allegato|Anhang|angehängt|Datei angehängt|anexado|anexo|arquivo anexado
    ficheiro anexado|eklendi|dosya ekli|المُرفق|المرفق|مرفق|الملف مرفق|پیوست|پیوست شد|מצורף
    קובץ מצורף|прикреплено|файл добавлен|додано|файл додано"""

_NOTICES = """
    Messages and calls are end-to-end encrypted|Messages you send to this chat and calls are now
    Messages and calls are now end-to-end encrypted|Messages to this chat and calls are now
    Messages to this group are now
    Los mensajes y las llamadas están cifrados|Les messages et les appels sont chiffrés
    I messaggi e le chiamate sono crittografati|Nachrichten und Anrufe sind Ende-zu-Ende
    As mensagens e chamadas são encriptadas|As mensagens e as chamadas são protegidas
    Mesajlar ve aramalar uçtan uca|الرسائل والمكالمات مشفرة|پیامها و تماسها سرتاسر رمزگذاری
    ההודעות והשיחות מוצפנות|Сообщения и звонки защищены|Повідомлення й дзвінки захищено"""

_EVENTS = """
    This message was deleted|You deleted this message|Este mensaje fue eliminado
    Se eliminó este mensaje|Eliminaste este mensaje|Ce message a été supprimé
    Vous avez supprimé ce message|Questo messaggio è stato eliminato
    Hai eliminato questo messaggio|Diese Nachricht wurde gelöscht|Du hast diese Nachricht gelöscht
    Esta mensagem foi apagada|Mensagem apagada|Você apagou esta mensagem|Apagou esta mensagem
    Bu mesaj silindi|Bu mesajı sildiniz|تم حذف هذه الرسالة|لقد حذَفت هذه الرسالة|أنت حذفت هذه الرسالة
    این پیام حذف شد|این پیام حذف شده است|شما این پیام را حذف کردید|הודעה זו נמחקה
    מחקת את ההודעה הזו|מחקת הודעה זו|Данное сообщение удалено|Вы удалили данное сообщение
    Вы удалили это сообщение|Це повідомлення було видалено|Ви видалили це повідомлення
    Missed voice call|Missed video call|Llamada perdida|Llamada de voz perdida
    Videollamada perdida|Appel vocal manqué|Appel vidéo manqué|Chiamata vocale persa
    Videochiamata persa|Verpasster Sprachanruf|Verpasster Videoanruf|Chamada de voz perdida
    Videochamada perdida|Cevapsız sesli arama|Cevapsız görüntülü arama|مكالمة صوتية فائتة
    مكالمة فيديو فائتة|تماس صوتی پاسخ داده نشده|تماس تصویری بیپاسخ|שיחה קולית שלא נענתה
    שיחת וידאו שלא נענתה|Пропущенный аудиозвонок|Пропущенный видеозвонок
    Пропущений аудіодзвінок|Пропущений відеодзвінок"""
"""What stands in the place of a message that was deleted, and of a call."""

_EDITED = """
    This message was edited|Se editó este mensaje|Ce message a été modifié|Mensagem editada
    Questo messaggio è stato modificato|Diese Nachricht wurde bearbeitet|تم تعديل هذه الرسالة
    ההודעה נערכה"""

_CHAT_WITH = """
    WhatsApp Chat with |WhatsApp Chat - |Chat de WhatsApp con |Discussion WhatsApp avec
    Chat WhatsApp con |WhatsApp Chat mit |Conversa do WhatsApp com |Conversa no WhatsApp com
    محادثة واتساب مع |گفتگوی WhatsApp با
    دردشة واتساب مع |צ'אט WhatsApp עם |Чат WhatsApp с контактом |Чат WhatsApp с
    Бесіда WhatsApp з |Чат WhatsApp з """

AM = r"a\.?\s?m\.?|ص|ق\.?\s?ظ\.?|قبل\u200c?\s?ازظهر|ÖÖ|дп|לפנה[\"״]צ"
PM = r"p\.?\s?m\.?|م|ب\.?\s?ظ\.?|بعد\s?ازظهر|ÖS|пп|אחה[\"״]צ"


def plain(text: str) -> str:
    """Without marks of direction, joiners and kinds of spaces, in small letters."""
    return " ".join(_MARK.sub("", text).replace("\u200c", "").casefold().split())


def _listed(words: str) -> list[str]:
    parts = [part.strip() for line in words.strip().splitlines() for part in line.split("|")]
    return [plain(part) for part in parts]


KIND_OF = {phrase: kind for kind, words in OMITTED.items() for phrase in _listed(words)}
ATTACHED = frozenset(_listed(_ATTACHED))
NOTICES = tuple(_listed(_NOTICES))
EVENTS = frozenset(_listed(_EVENTS))
EDITED = frozenset(_listed(_EDITED))
_NAMED = re.compile(
    "(?:"
    + "|".join(map(re.escape, sorted(_listed(_CHAT_WITH), key=len, reverse=True)))
    + r") ?(.+)|(.+) ile whatsapp sohbeti"
)
_COPY = re.compile(r"\s?\(\d{1,3}\)$")


def chat_in(filename: str) -> str:
    """Who or what the chat is with, from `WhatsApp Chat with NAME.txt`; "" if it is not told."""
    stem = " ".join(_MARK.sub("", filename).rsplit(".", 1)[0].split())
    stem = _COPY.sub("", stem)
    found = _NAMED.fullmatch(stem.casefold())
    if not found or len(stem.casefold()) != len(stem):
        return ""
    start, end = found.span(1 if found[1] else 2)
    return stem[start:end].strip()
