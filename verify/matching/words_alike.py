"""Texts that are nearly alike, grouped, without holding each against each.

Two texts are held against each other only where they share one of the rarest words of each: whoever
agrees in seven of ten words does. Source: prefix filtering (Chaudhuri, Ganti and Kaushik, ICDE
2006). Whether they are alike then says their edit distance (rapidfuzz's ratio).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from math import ceil

from verify.matching.clusters import Clusters

LEAST_WORDS = 5
"""Of a text that can be nearly like another: short ones are alike by chance."""
_ALIKE = 85.0  # of 100, rapidfuzz's ratio
_SHARED = 0.7  # of the words
_LONGEST = 600  # letters that are compared
_MOST_PLACES = 2_000  # texts with a word: what stands in more of them leads nowhere
_MOST_MODELS = 60  # texts unlike each other that a text is held against, for each of its words


def alike(texts: Sequence[str]) -> list[int]:
    """For each text the group that it is in, named by its first text.

    texts: folded, words with single blanks between, all different; those of fewer than
    `LEAST_WORDS` words stay alone.
    """
    from rapidfuzz import fuzz, process

    groups = Clusters()
    for block in _blocks(texts):
        models: list[str] = []
        places: list[int] = []
        for place in block:
            text = texts[place][:_LONGEST]
            found = process.extractOne(text, models, scorer=fuzz.ratio, score_cutoff=_ALIKE)
            if found:
                groups.join(places[found[2]], place)
            elif len(models) < _MOST_MODELS:
                models.append(text)
                places.append(place)
    return [groups.of(place) for place in range(len(texts))]


def _blocks(texts: Sequence[str]) -> list[list[int]]:
    """Texts that share one of their rarest words, by their places; in the order of their lengths,
    so that what is alike stands close."""
    counts = Counter(word for text in texts for word in {*text.split()})
    rarest_first = sorted(counts, key=lambda word: (counts[word], word))
    ranks = {word: rank for rank, word in enumerate(rarest_first)}
    alone = sum(count == 1 for count in counts.values())
    leading = sum(count <= _MOST_PLACES for count in counts.values())
    sharing: dict[int, list[int]] = defaultdict(list)
    for place, text in enumerate(texts):
        some = sorted({ranks[word] for word in text.split()})
        if len(some) < LEAST_WORDS:
            continue
        for rank in some[: len(some) - ceil(_SHARED * len(some)) + 1]:
            if alone <= rank < leading:
                sharing[rank].append(place)
    blocks = [sorted(block, key=lambda at: (len(texts[at]), at)) for block in sharing.values()]
    return [block for block in blocks if len(block) > 1]
