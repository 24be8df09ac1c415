"""What --help and refused arguments say, in the language of VERIFY_LANGUAGE.

English stands where it belongs: in the docstrings and options of the commands, and in Click. It is
repeated here for translators, with holes that Click fills, and looked up by its words.
"""

from __future__ import annotations

import copy
import inspect
import os
import re
from collections.abc import Iterator

import click
from click import core, decorators, exceptions, formatting, parser, types

from verify.records import say

_BEHIND = re.compile(r"(?<=  )\S.*$", re.MULTILINE)
PLACEHOLDER = re.compile("[A-Z]+")
_MARK = "\u200e"  # left to right: behind an Arabic placeholder the columns stay in their order
_PLACES = (core, decorators, exceptions, formatting, parser, types)

COMMANDS = (
    say("Follow the custody chain, read every original, and name what does not fit."),
    say("Print JSON, one object a line, for other programs."),
    say("Write the whole desk to a new file, and read it back."),
    say("May be done while the desk is being served."),
    say("Encrypt to this age public key."),
    say("List the cases, latest first."),
    say("List the checks and comparisons with what they read and how they err."),
    say("In English; docs/checks has a page for each."),
    say("Build, share, add, list or remove packs of checks, which hold no pictures."),
    say(
        "A pack is one signed file: for each picture and film its fingerprints, local features and"
        " a small grey frame, what was concluded, by whom, when, and a link. What comes to the"
        " desk, and what is here, is held against it, offline. What is not published is shared with"
        " desks that you choose: encrypted to their key, without the frame and the conclusion, and"
        " with whom to ask."
    ),
    say("Make a pack of what is in FOLDER, by a table of what was concluded."),
    say(
        "Give what you have published alone. Lines that cannot go in are named, the rest goes in."
        " No desk is needed, and nothing of one is read."
    ),
    say("A line for each picture: file, rating, date, link; by and claim where you like."),
    say("Write the pack to this new file."),
    say("Sign it by this key of `signer`."),
    say("Who answers for it; who checked, where a line does not say."),
    say("What the pack is called."),
    say("The last day on which it counts; without, a year from now."),
    say("An earlier pack, which counts no more where this one is added."),
    say("Add a pack from a file, and hold what is here against it."),
    say(
        "The first pack of a publisher shows the fingerprint of the key; compare it with what the"
        " publisher tells elsewhere. From then on packs under this name are taken by that key"
        " alone."
    ),
    say("Open it by this key of `pack key`."),
    say("Make a pack of cases that are not published, for desks that you choose."),
    say(
        "Of their pictures and films go fingerprints and keypoints, and whom to ask; no picture,"
        " however small, no words, no names, no verdicts. Confidential cases and those with a"
        " sealed source are refused. What goes is shown first. It is encrypted to the keys that the"
        " other desks tell you (`pack key`), and what left is on record: a wipe names it, and"
        " writes what takes it back."
    ),
    say("Share what is in this case."),
    say("Whom to ask about it, and how."),
    say("Which desk this is."),
    say("Make the key to which others encrypt packs for this desk, in a new file."),
    say(
        "Without a FILE it shows the public half: tell it to the desks that share with you. The"
        " file is encrypted by a passphrase, as age does it; keep it outside of the desk's folder."
        " Packs made for a former key open by that."
    ),
    say("List the packs that are here, until when they count, and those that left."),
    say("Remove a pack, with all that it says of exhibits."),
    say("Join many desks by a PostgreSQL, which learns no pictures."),
    say(
        "A hub holds fingerprints, local features, when a desk saw something first, and whom to"
        " ask. A desk shares per case, after it was shown what would go, and follows what others"
        " share into an index of its own."
    ),
    say("The database, as its owner reaches it; VERIFY_HUB if none."),
    say("Make a hub in an empty database of PostgreSQL 14 or later."),
    say("Made again, it changes nothing but what is missing."),
    say("Let a desk in under a NAME that all others see, and say what to give it."),
    say(
        "It logs in by a TLS certificate of that name where the server has an authority for them"
        " (ssl_ca_file), else by a password, which is shown once."
    ),
    say("Show all that would go of a case to the hub and, once that is confirmed, send it."),
    say(
        "Nothing of confidential cases and sealed sources goes. While the hub is away, it waits"
        " here."
    ),
    say("Send it without asking."),
    say("Take back what was shared of a case: every desk that follows the hub lets go of it."),
    say("What somebody wrote down meanwhile nobody can call back."),
    say("Fetch what other desks shared and send what waits, now."),
    say("A desk that is served does so by itself."),
    say("Say how it stands with the hub: whether it answers, how far it is followed, what waits."),
    say("State or correct what is said about a picture."),
    say(
        "The date and the place are read from the words and shown. Without words, the latest "
        "claim of the case is corrected, or the one that --claim names."
    ),
    say("Who claims it."),
    say("The date that is meant, in words; none if empty."),
    say("The place that is meant; none if empty."),
    say("The id of one to correct."),
    say("Mark what an exhibit shows, so that it is shown in steps, with all that shows it."),
    say(
        "An own mark is taken off freely; another's goes when a second person agrees. TIMES are"
        " from when to when, as in 0:03-0:07."
    ),
    say("Take the mark off, or ask for that."),
    say("Say that its caption's words are wrong about this."),
    say("Of a film, only this stretch of it."),
    say("Take this one's away."),
    say("Say until when something is kept, or put it under a legal hold."),
    say(
        "A case, a source, an account of the archive, or an import. Without options it shows what"
        " is set; without a name, all that has a day or a hold. Once the day is over, watchers,"
        " editors and owners are told; nothing is wiped by itself. A legal hold stops each wipe,"
        " until it is lifted."
    ),
    say("A source instead."),
    say("An account instead."),
    say("An import instead."),
    say("A sender instead."),
    say("The last day on which it is kept."),
    say("Keep it for as long as nobody wipes it."),
    say("Set or lift a legal hold."),
    say("Write a copy of an exhibit for others, in which solid boxes cover what you name."),
    say(
        "A box is left, top, right and bottom in percent, as in 10,20,30.5,40, or squares of the"
        " grid that /copy shows in the chat, as in B2:D4; of a film also from when to when, as in"
        ' "10,20,30,40 0:03-0:07". The copy is made of pixels alone and kept in the case as an'
        " exhibit of its own. Name FILE so that its name says nothing."
    ),
    say("What to cover: left, top, right and bottom in percent, or squares of the grid."),
    say("Take the sound of a film along, as one channel."),
    say("Take what stands behind a picture out of its file, as an exhibit."),
    say(
        "SHA256 names the exhibit; PART is the number of what stands there, from 1, in the "
        "order of `parts` in what `show --json` says of it. It comes into the same case, with"
        " its origin."
    ),
    say("Say what is wrong with the desk, which walls stand, and what people said of matches."),
    say(
        "Says too whether Tesseract is there to read the text in pictures, in which "
        "languages, and which lists of trusted certificates there are."
    ),
    say(
        "Changes nothing, but to bring the desk of an earlier version up to date; may be run "
        "beside a desk that is being served."
    ),
    say("Say what files tell about themselves, and those in folders."),
    say(
        "What it says is held against itself and against its name. Nothing is kept. A file that"
        " cannot be decoded is reported like any other. For --json a film is looked at from"
        " beginning to end, which may take minutes."
    ),
    say("Write one case to a new ZIP file: report, table, originals, custody record."),
    say(
        "A profile says for whom it is: public has confirmed verdicts with their reasons, the"
        " claims and the SHA-256 of the pictures; partner has claims, findings, matches and"
        " verdicts without people, chats and devices; inside has everything. Each file names its"
        " profile and what was left out."
    ),
    say(
        "With -o the file is a bag, which checks itself where there is nothing but Python; public"
        " is meant where no profile is named. Without -o it is as in earlier versions."
    ),
    say("A new file, with all by which others can check it."),
    say("Whom it is for, as said above."),
    say("Write a report of one case: a page or a PDF that needs nothing else."),
    say(
        "Without options it lists the reports that were made, and to whom they were given. A"
        " profile says for whom it is: public, partner or inside."
    ),
    say("The new file: it ends in .html or in .pdf."),
    say("Whom it is for: the narrowest if none."),
    say("In which language it is written."),
    say("Note to whom the latest report was given."),
    say("Say whether a file is a report that this desk made of the case."),
    say("Print the reviews in schema.org's terms instead."),
    say("Print the places as GeoJSON instead."),
    say("Sign the bag by the key in this file."),
    say("Make the key by which the desk signs what it hands out, in a new file."),
    say(
        "Without a FILE it shows the key's public half: publish its fingerprint where readers find"
        " it. The file is encrypted by a passphrase; keep it outside of the desk's folder. It opens"
        " no sealed source: for that there is `key`. A signature says who made a bag, and not when."
    ),
    say("Note that the key is lost or in other hands."),
    say("Have a time-stamp authority say that the custody record existed before a moment."),
    say(
        "It gets a digest of the record, from which nothing can be read. VERIFY_STAMPER is its"
        " address (RFC 3161); where the desk is offline, --request writes what somebody sends from"
        " elsewhere, and --response takes in what came back. Whose stamps are trusted is told by"
        " trust/timestamps.pem."
    ),
    say("Write the request to a new file, and send nothing."),
    say("Take the reply to it in."),
    say(
        "Write the key frames of a film or an animation, and one picture of all, into a new folder."
    ),
    say(
        "They are those by which the desk finds it again: of each shot the first and those that"
        " differ, over the whole film. Their names have the time in milliseconds; `strip.jpg` shows"
        " it in grey. A film that is covered at this desk is written once --show says how."
    ),
    say("How a covered film is written: as line drawings, small and grey, or in full."),
    say("A new folder for them."),
    say("Take files and folders into the desk."),
    say(
        "Each new file opens a case. Importing the same file from the same place again "
        "changes nothing. Hidden files in folders are left out, and links there are not "
        "followed. Of a ZIP archive the files in it are taken, within bounds. In the end it "
        "says by name and case what is new, what was known, what to look at and what cannot "
        "be read."
    ),
    say(
        "A bag that another desk exported is checked first, and refused where anything does not"
        " fit. Its pictures come into a case of their own, and what that desk says of them as its"
        " words."
    ),
    say(
        "A list of hashes (SHA-256, SHA-1, MD5, PDQ, vPDQ), as CSV or a hash a line, is kept: an"
        " exhibit that it names says so. Of a hash a line the length tells the kind. 64 digits are"
        ' SHA-256, or PDQ where the first line is "pdq" or nearly all have as many ones as zeros.'
    ),
    say(
        "Exports of chats and channels open no case: their posts become the archive, which pictures"
        " are matched against. `posts` and `account` read it; --undo takes an import out again."
        " --keep-until gives a last day to cases that open and to what an export brings; nothing is"
        " wiped by itself."
    ),
    say("Only you see the posts of an export."),
    say("How an export writes dates that can be read both ways."),
    say("Of an export, only this chat."),
    say("Take out what an import brought."),
    say("List the posts of the archive, in the order of their times."),
    say(
        "With WORDS those in which all of them stand, in any of their forms. They come from exports"
        " of chats and channels that `import` took in. A time without a zone is as its export has"
        " it; posts without a time come last."
    ),
    say("Only of this account."),
    say(
        "Say which accounts posted the same together, by the clock, by a machine, and what spread."
    ),
    say(
        "Among the posts collected here. Beside it stands what others did with the same things, and"
        " what else would explain it. It never says why."
    ),
    say("Only posts from this day on, UTC."),
    say("What this account takes part in."),
    say("What was done with this hashtag."),
    say("What shares a picture with it."),
    say("The new file: a table (.csv), a graph (.graphml), or the graph drawn (.png)."),
    say("Draw when this group posted, into a .png."),
    say("With which account it has one owner, which explains what both post."),
    say("Of which agency it is a customer, which explains what customers post."),
    say("Say what the archive knows of an account: names, state, first and last seen, pictures."),
    say(
        "NAME is its id, its handle or one of its names. How often it was first or later counts the"
        " posts collected here alone. --saw notes that you looked, and what was there; --grade and"
        " those below it what you say of it, which needs a --note and stays inside the desk."
    ),
    say("Note what you saw of it."),
    say("Where that is archived."),
    say("How reliable it is, A to F."),
    say("For whom it speaks."),
    say("Which account it follows."),
    say("Whom it rivals."),
    say("Who else posts from it."),
    say("When to look again."),
    say("What else you saw, or why you say so."),
    say("Say what was said of a picture or an event, by whom and when, and what contradicts."),
    say(
        "Of a case, or of a file that this desk has: claims, captions and posts, over all copies of"
        " its pictures and films that show them. Dates and places that contradict each other stand"
        " one above the other; what merely differs in how fine it is does not count. What else"
        " contradicts a person notes, with a --why; it stays inside the desk and is never deleted."
    ),
    say("Note what else contradicts: numbers, actors."),
    say("Take back what was noted."),
    say("The reason, which both need."),
    say("Mark a logo, a flag or a seal in a picture, and say where else it stands."),
    say(
        "All that is here is looked through, and all that comes later. It is found by details and"
        " proved by geometry and pixels; it may be missed where it is small or faint. That two"
        " pictures bear one emblem makes them neither the same nor a match."
    ),
    say("Where it stands: left, top, right and bottom in percent, or squares of the grid."),
    say("What it is called."),
    say("List the emblems and where they stood."),
    say("Forget an emblem."),
    say("With --on and --root other computers do the work (`verify-desk work`, docs/scale.md)."),
    say("Have workers do it, whose scheduler is there."),
    say("The folder that workers share, as seen here."),
    say("Work for the imports of desks on other computers."),
    say(
        "On one computer --serve starts the scheduler, at an address such as tls://10.0.0.5:8786;"
        " each that shall work joins it with --root; `import --on` hands them files."
        " VERIFY_CLUSTER_KEYS names the folder of ca.pem, cert.pem and key.pem. Without"
        " certificates it is tcp://127.0.0.1 alone. docs/scale.md has it step by step. Ctrl-C"
        " stops it."
    ),
    say("The folder that all share, as it is seen here."),
    say("How many processor cores work."),
    say("Be the scheduler that desks and workers meet at."),
    say("Put them into this case, not each into its own."),
    say("Seal who sent them, links and file names."),
    say("Make a key with which a member reads sealed sources, in a new file."),
    say(
        "Sources sealed from now on are encrypted to it. The file is encrypted by a passphrase, as"
        " age does it; keep it outside of the desk's folder. Whoever loses the file or the"
        " passphrase loses those sources, unless another member has a key too: nothing else opens"
        " them. --take-away seals nothing more to the keys of a member; what was sealed to them"
        " before stays open to them."
    ),
    say("The member whose key it is."),
    say("A file or pipe that holds the passphrase."),
    say("Show who is behind the sealed sources of a case, to whoever has a key."),
    say(
        "Everything is decrypted in memory and written nowhere. What was sealed before your key was"
        " made stays closed to it."
    ),
    say("The file of your key."),
    say("Note what the source of a case was asked and allowed."),
    say(
        "Without options it shows what holds. Nothing is overwritten: the last answer counts, and"
        " a concluded case takes it too."
    ),
    say("What happened."),
    say("What it is about."),
    say("With the source's name, or without."),
    say("The last day on which it holds."),
    say("Print the texts with which a source is asked, in each language."),
    say("Seal the sources of a case that came in openly, as far as that can be done."),
    say(
        "Who brought its files, where they come from, links, names and numbers are encrypted to the"
        " keys of this desk and taken out of every row, and their names out of what people wrote."
        " It says what it cannot reach. Of a sender all that they brought is sealed, in every case."
    ),
    say("What is said to be seen."),
    say("Who sent or posted them."),
    say("Where they stood."),
    say("Tag their cases."),
    say("Say where the desk saw pictures before: files, and those in folders."),
    say("Nothing is kept. A desk that does not exist yet has seen nothing."),
    say("Read the place and the date in each line of a text, from a FILE or standard input."),
    say("What is certain is told apart from what can be meant, with the reason. Nothing is kept."),
    say("Examine every exhibit again."),
    say(
        "The lab and the checks of this version add an examination to each; earlier ones "
        "stay, and so do answers and verdicts. An exhibit whose original is missing is left "
        "out, and named."
    ),
    say("Make what pictures and words are found by again, from the originals."),
    say(
        "Needed after a version that describes pictures differently, or when the index is "
        "damaged. Examinations, answers and verdicts stay as they are. An exhibit whose "
        "original is missing is left out."
    ),
    say("Fill VERIFY_HOME, which must be empty, from a backup. All of it is checked first."),
    say("The age key of an encrypted backup."),
    say("Find cases by words in what people wrote, in findings and in pictures."),
    say(
        "People wrote notes, captions, claims and sources; all of the words must stand in one"
        " place. @name, #tag and AND are words like any other. As in the chat a search is "
        "narrowed by"
    ),
    say("Serve the desk in a chat."),
    say(
        "Without a token that is a page on this computer, which is opened where there is a "
        "screen. With TELEGRAM_BOT_TOKEN or TELEGRAM_BOT_TOKEN_FILE it is Telegram. Ctrl-C "
        "stops it."
    ),
    say("Do not open the page by itself."),
    say("Show one case on a screen."),
    say(
        "Where its pictures were seen before, what contradicts the claim, what is open. With "
        "--all also every match and finding, claims, notes, verdicts and the checklist; "
        "--json always has all."
    ),
    say("All that is known, however long."),
    say("Take all that a case holds out of the desk, for good."),
    say(
        "Originals that no other case holds, words, messages of the local chat and what matching"
        " knows go; the custody record keeps digests, times and who did it. Of a source goes what"
        " it stands behind, in whichever case, and what was made of it; of an account what it"
        " posted, of a sender what that person brought. What a legal hold keeps is not wiped."
    ),
    say("Do not ask."),
    say("Withhold exhibits whose possession may be a crime, and know them by a list of hashes."),
    say(
        "They are examined, indexed, exported and backed up no more, go from the local chat, and"
        " are shown to one person alone; originals stay in the vault. What to do with them, and"
        " whether you may keep them at all, ask your lawyer or a hotline."
    ),
    say("Hashes, one a line: SHA-256, SHA-1 or MD5, and PDQ behind “pdq:”."),
    say("The one who may see them."),
    say("A source-verification desk: has this picture been seen before, and what does it say?"),
)
CLICK = (
    say("Usage:"),
    say("Options"),
    say("Commands"),
    say("Positional arguments"),
    say("Show this message and exit."),
    say("Show the version and exit."),
    say("Missing command."),
    say("Missing argument"),
    say("Missing option"),
    say("Missing parameter"),
    say("Invalid value: {message}", message=""),
    say("Invalid value for {param_hint}: {message}", param_hint="", message=""),
    say("No such option {name!r}."),
    say("No such command {name!r}."),
    say("Option {name!r} does not take a value."),
    say("{name} {filename!r} does not exist.", name=""),
    say("{name} {filename!r} is a file.", name=""),
    say("{name} {filename!r} is a directory.", name=""),
    say("{name} {filename!r} is not readable.", name=""),
    say("{name} {filename!r} is not writable.", name=""),
    say("Could not open file {filename!r}: {message}", message=""),
    say("required"),
    say("file"),
    say("directory"),
    say("path"),
    say("Got unexpected extra argument ({args})", args=""),
    say("Got unexpected extra arguments ({args})", args=""),
    say("Did you mean {possibility}?", possibility=""),
    say("(Did you mean one of: {possibilities}?)", possibilities=""),
    say("Option {name!r} requires an argument."),
    say("Option {name!r} requires {nargs} arguments.", nargs=0),
)

PLACEHOLDERS = (
    say("ARGS"),
    say("CASE"),
    say("ADDRESS"),
    say("CODE"),
    say("COMMAND"),
    say("DATE"),
    say("FILE"),
    say("FOLDER"),
    say("KEY"),
    say("KEYFILE"),
    say("NAME"),
    say("NUMBER"),
    say("OPTIONS"),
    say("BOX"),
    say("WHOM"),
    say("TIMES"),
    say("PART"),
    say("PATH"),
    say("PLACE"),
    say("TAG"),
    say("GRADE"),
    say("DAY"),
    say("URL"),
    say("WORDS"),
)


def speak() -> None:
    """Let Click say its own words in the reader's language."""
    for module in _PLACES:
        for name, said in (("_", translated), ("ngettext", _counted)):
            if hasattr(module, name):
                setattr(module, name, said)


def translated(text: str) -> str:
    """A text in the reader's language; as it is where there is no translation."""
    if _english() or not text:
        return text
    from verify.cli.output import reader
    from verify.language.catalogue import nearest, translations

    return translations(nearest(reader().language)).gettext(text)


def _counted(one: str, many: str, count: int) -> str:
    return translated(one if count == 1 else many)


def _english() -> bool:
    """Whether nothing else is asked for; then no catalogue is loaded."""
    return os.environ.get("VERIFY_LANGUAGE", "en").lower().startswith("en")


def in_readers_language(command: click.Command) -> click.Command:
    """A command whose help speaks the reader's language."""
    if _english():
        return command
    command = copy.copy(command)
    command._help_option = None  # which Click keeps, in the language of its first reader
    command.help = "\n\n".join(map(_told, paragraphs(command.help or "")))
    command.options_metavar = _placed(command.options_metavar or "")
    if isinstance(command, click.Group):
        command.subcommand_metavar = _placed(command.subcommand_metavar)
        if type(command) is click.Group:  # what the desk's own has is found when it is asked for
            several = command.commands.items()
            command.commands = {name: in_readers_language(one) for name, one in several}
    context = click.Context(command)
    command.params = [_worded(param, context) for param in command.params]
    return command


def _told(paragraph: str) -> str:
    """A paragraph; of one that is laid out by hand what stands behind the blanks of each line."""
    if not paragraph.startswith("\b"):
        return translated(paragraph)
    return _BEHIND.sub(lambda meaning: translated(meaning[0]), paragraph)


def _worded(param: click.Parameter, context: click.Context) -> click.Parameter:
    param = copy.copy(param)
    if isinstance(param, click.Option):
        param.help = translated(param.help or "")
        if not param.is_flag:
            param.metavar = _placed(param.make_metavar(context)) + _MARK
    else:
        param.metavar = _placed(param.make_metavar(context))
    return param


def _placed(metavar: str) -> str:
    """What stands for a value, such as "[WORDS...]"."""
    return PLACEHOLDER.sub(lambda word: translated(word[0]), metavar)


def paragraphs(text: str) -> Iterator[str]:
    """Of a docstring, each in one line; what is laid out by hand stays as it is."""
    for one in inspect.cleandoc(text).split("\n\n"):
        yield one if one.startswith("\b") else " ".join(one.split())
