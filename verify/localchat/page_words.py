"""The page's own words. The page gets them in the reader's language."""

from __future__ import annotations

from verify.lab.wire import FILE_BYTES
from verify.records import ByteSize, Sentence, say

WORDS: dict[str, Sentence] = {
    "chat": say("Chat with the desk"),
    "local": say("Stays on this machine"),
    "message": say("Message"),
    "send": say("Send"),
    "save": say("Save"),
    "cancel": say("Cancel"),
    "attach": say("Attach files"),
    "commands": say("Commands"),
    "forward": say("Forward from…"),
    "as_photo": say("As photo"),
    "as_photo_hint": say("Made smaller, and its metadata is lost, as Telegram does."),
    "as_file": say("As file"),
    "as_file_hint": say("Every byte stays: best for verification."),
    "caption": say("Caption"),
    "remove": say("Remove"),
    "add_more": say("Add more"),
    "drop_here": say("Drop files to send them"),
    "files_to_send": say("Files to send"),
    "hide": say("Hide until it is clicked"),
    "veiled": say("Hidden. Click to show."),
    "hidden": say("Hidden picture. Activate to show it."),
    "hidden_text": say("Hidden text. Activate to show it."),
    "picture": say("Picture"),
    "open_picture": say("Show the picture larger"),
    "film": say("Clip without sound"),
    "film_play": say("Play the clip"),
    "film_pause": say("Pause the clip"),
    "film_back": say("One picture back"),
    "film_on": say("One picture on"),
    "film_place": say("Place in the clip"),
    "sound": say("Sound"),
    "sound_play": say("Play the sound"),
    "draw_boxes": say("Draw boxes"),
    "draw_hint": say(
        "Drag across what is to be covered. With the keyboard: arrow keys move the frame, with"
        " Shift they make it larger or smaller, Enter sets a box, Backspace takes the last one"
        " back."
    ),
    "draw_place": say("The frame that the next box will fill"),
    "draw_set": say("Set a box here"),
    "draw_back": say("Take the last box back"),
    "draw_use": say("Use these boxes"),
    "close": say("Close"),
    "reply": say("Reply"),
    "edit": say("Edit"),
    "edited": say("edited"),
    "editing": say("Editing your message"),
    "replying": say("Replying to"),
    "you": say("You"),
    "earlier": say("Show earlier messages"),
    "working": say("The desk is at work…"),
    "today": say("Today"),
    "yesterday": say("Yesterday"),
    "newest": say("Go to the newest message"),
    "empty_title": say("Send a picture to begin"),
    "empty_text": say(
        "Drop it here, paste it or attach it. The desk answers with what the file says about "
        "itself and whether it was seen before."
    ),
    "reconnecting": say("The connection is lost. Trying again…"),
    "no_answer": say("The desk does not answer. Is it still running?"),
    "stopped": say(
        "The desk has stopped, and this page with it. Start the desk again and open its new"
        " address."
    ),
    "failed": say("This did not work. Try again."),
    "sending": say("Sending…"),
    "too_large": say(
        "This file is larger than {limit}, the most that the desk examines.",
        limit=ByteSize(count=FILE_BYTES),
    ),
    "empty_file": say("The file is empty."),
    "another_browser": say("Open in another browser"),
    "another_browser_hint": say(
        "Open this address in another browser on this computer. It lets one browser in, once, for"
        " as long as the desk runs."
    ),
    "address": say("Address"),
    "copy": say("Copy"),
    "copied": say("Copied"),
    "forwarded_from": say("Forwarded from"),
    "forward_title": say("Forwarded from"),
    "forward_hint": say("The next message is sent as if it was forwarded from here."),
    "kind": say("Kind of sender"),
    "channel": say("Channel"),
    "user": say("User"),
    "hidden_user": say("User who hides their account"),
    "group": say("Group"),
    "name": say("Name"),
    "username": say("Username, without @"),
    "message_number": say("Number of the message"),
    "signature": say("Signed by"),
    "posted_at": say("Posted at"),
    "use_origin": say("Use for the next message"),
    "no_origin": say("Do not forward"),
    "language": say("Language"),
    "person": say("Who you are"),
    "add_person": say("Add a person…"),
    "add_person_title": say("Add a person"),
    "add_person_hint": say("They chat here too, and are strangers to the desk until invited."),
    "add": say("Add"),
    "rename": say("Change your name…"),
    "rename_title": say("Change your name"),
    "rename_hint": say("It stands beside what you do: in cases, notes and the custody record."),
}
