"""Whether a preview is the picture but for its margins.

Some cameras make their previews of a slightly smaller part than the picture. A hash does not
survive that; correlation of the one with every place in the other does. Source: normalised
cross-correlation, Lewis, "Fast Normalized Cross-Correlation", Vision Interface 1995.
"""

from __future__ import annotations

import cv2
import numpy as np
from PIL import Image

_SIDE = 160
_SHARES = np.arange(1.0, 0.68, -0.03)
_ALIKE = 0.85
_TURNS = (None, Image.Transpose.ROTATE_90, Image.Transpose.ROTATE_180, Image.Transpose.ROTATE_270)


def all_but_margins(preview: Image.Image, main: Image.Image) -> bool:
    """Whether the preview lies within the picture and fills some seventy per cent of a side.

    False where the preview shows more than the picture, and where both are flat.
    """
    factor = _SIDE / max(main.size)
    size = (max(1, round(main.width * factor)), max(1, round(main.height * factor)))
    field = np.asarray(main.convert("L").resize(size, Image.Resampling.BOX), np.float32)
    for turn in _TURNS:
        laid = preview.transpose(turn) if turn is not None else preview
        fitting = min(size[0], size[1] * laid.width / laid.height)
        for share in _SHARES:
            width = round(fitting * share)
            height = round(width * laid.height / laid.width)
            if not (16 <= width <= size[0] and 16 <= height <= size[1]):
                continue
            small = laid.convert("L").resize((width, height), Image.Resampling.BOX)
            part = np.asarray(small, np.float32)
            if part.std() < 4:
                continue
            found = cv2.matchTemplate(field, part, cv2.TM_CCOEFF_NORMED)
            if float(np.nan_to_num(found, posinf=0.0).max()) >= _ALIKE:
                return True
    return False
