"""What could not be written before some day: models of cameras, and versions of EXIF.

iPhones: first day of sale, by the list in kuko.cc, "Every iPhone Generation", and that of
editorialge.com of September 2023 (XS to 15); beside these, thenationonlineng.net on Apple's words
of the 13, 9to5mac.com of 7 September 2022 on the 14, macdailynews.com of 22 September 2023 on the
15, 9to5mac.com of 19 September 2024 on the 16 and nomusica.com on the 16e. Pixels: Wikipedia's
articles on each. Versions: the day of publication by JEIDA, JEITA and CIPA, as in CIPA DC-008-2023
and Wikipedia's "Exif". Cameras of other makers have no list that is complete and can be cited;
they are not here.
"""

from __future__ import annotations

from collections.abc import Mapping

FIRST_SOLD: Mapping[str, str] = {
    "iPhone": "2007-06-29",
    "iPhone 3G": "2008-07-11",
    "iPhone 3GS": "2009-06-19",
    "iPhone 4": "2010-06-24",
    "iPhone 4S": "2011-10-14",
    "iPhone 5": "2012-09-21",
    "iPhone 5c": "2013-09-20",
    "iPhone 5s": "2013-09-20",
    "iPhone 6": "2014-09-19",
    "iPhone 6 Plus": "2014-09-19",
    "iPhone 6s": "2015-09-25",
    "iPhone 6s Plus": "2015-09-25",
    "iPhone SE": "2016-03-31",
    "iPhone 7": "2016-09-16",
    "iPhone 7 Plus": "2016-09-16",
    "iPhone 8": "2017-09-22",
    "iPhone 8 Plus": "2017-09-22",
    "iPhone X": "2017-11-03",
    "iPhone XS": "2018-09-21",
    "iPhone XS Max": "2018-09-21",
    "iPhone XR": "2018-10-26",
    "iPhone 11": "2019-09-20",
    "iPhone 11 Pro": "2019-09-20",
    "iPhone 11 Pro Max": "2019-09-20",
    "iPhone SE (2nd generation)": "2020-04-24",
    "iPhone 12": "2020-10-23",
    "iPhone 12 Pro": "2020-10-23",
    "iPhone 12 mini": "2020-11-13",
    "iPhone 12 Pro Max": "2020-11-13",
    "iPhone 13": "2021-09-24",
    "iPhone 13 mini": "2021-09-24",
    "iPhone 13 Pro": "2021-09-24",
    "iPhone 13 Pro Max": "2021-09-24",
    "iPhone SE (3rd generation)": "2022-03-18",
    "iPhone 14": "2022-09-16",
    "iPhone 14 Pro": "2022-09-16",
    "iPhone 14 Pro Max": "2022-09-16",
    "iPhone 14 Plus": "2022-10-07",
    "iPhone 15": "2023-09-22",
    "iPhone 15 Plus": "2023-09-22",
    "iPhone 15 Pro": "2023-09-22",
    "iPhone 15 Pro Max": "2023-09-22",
    "iPhone 16": "2024-09-20",
    "iPhone 16 Plus": "2024-09-20",
    "iPhone 16 Pro": "2024-09-20",
    "iPhone 16 Pro Max": "2024-09-20",
    "iPhone 16e": "2025-02-28",
    "Pixel": "2016-10-20",
    "Pixel XL": "2016-10-20",
    "Pixel 2": "2017-10-17",
    "Pixel 2 XL": "2017-10-17",
    "Pixel 3": "2018-10-18",
    "Pixel 3 XL": "2018-10-18",
    "Pixel 4": "2019-10-23",
    "Pixel 4 XL": "2019-10-23",
    "Pixel 5": "2020-10-15",
    "Pixel 6": "2021-10-28",
    "Pixel 6 Pro": "2021-10-28",
    "Pixel 7": "2022-10-13",
    "Pixel 7 Pro": "2022-10-13",
    "Pixel 8": "2023-10-12",
    "Pixel 8 Pro": "2023-10-12",
    "Pixel 9": "2024-08-22",
    "Pixel 9 Pro": "2024-09-04",
    "Pixel 9 Pro XL": "2024-08-22",
}

EXIF_PUBLISHED: Mapping[bytes, str] = {
    b"0210": "1998-06-12",
    b"0220": "2002-02-20",
    b"0221": "2003-07-11",
    b"0230": "2010-04-26",
    b"0231": "2016-07-01",
    b"0232": "2019-05-01",
    b"0300": "2023-05-01",
}
"""By the value of `ExifVersion`; the first of the month where only that is known."""
