"""Whether words say that a picture is an old one, shown beside the news: "file photo"."""

from __future__ import annotations

import re

from verify.folding import fold, fold_pattern

_WORDS = re.compile(
    fold_pattern(
        r"(?<![^\W_])(?:(?:file|archive|archival|library|stock) (?:photo\w*|picture|pictures|image|"
        r"images|footage|video)|archive:|archives:|from the archives?|throwback|illustrative|"
        r"(?:صورة|صور|لقطات|فيديو|مشاهد) (?:أرشيفية|من الأرشيف|قديمة|قديم|تعبيرية)|أرشيفية|أرشيف:|"
        r"архивн\w+|архив:|из архива|архівн\w+|архів:|з архіву|"
        r"(?:photo|image|vidéo)s? d'archives?|archives:|foto\w* de archivo|imagen de archivo|"
        r"archivbild\w*|archivfoto\w*|archivaufnahme\w*|arşiv (?:foto\w*|görüntü\w*)|arşiv:|"
        r"arşivden|(?:عکس|تصویر|تصاویر) آرشیوی|آرشیوی|foto d'archivio|foto de arquivo|"
        r"zdjęcie archiwalne|archiwaln\w+)(?![^\W_])"
    )
)


def from_archive(text: str) -> bool:
    """Whether a text says that its picture is from an archive."""
    return bool(_WORDS.search(fold(text)))
