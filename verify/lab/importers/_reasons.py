"""Why a part of an export is left out, in sentences for whoever brought it."""

from __future__ import annotations

from verify.records import say

CUT_OFF = say("From here on the file is damaged or cut off; nothing behind this could be read.")
MALFORMED = say("It is not written the way this format is.")
TOO_LARGE = say("It is longer than anything in this format should be.")
TWICE = say("An earlier one in this export has the same number.")
NOT_EXPORTED = say("The program that made the export could not read it either.")
NO_LANGUAGE = say(
    "It is in a language, or its date in the form of a region, that is not known here; nothing of "
    "it is guessed."
)
UNKNOWN_WORDS = say(
    "These may be the words by which the program says that it left a file out, in a language that "
    "is not known here; they stand as the text of the message."
)
