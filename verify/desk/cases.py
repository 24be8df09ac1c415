"""What people write in a case: notes, and answers to the items of the checklist."""

from __future__ import annotations

from verify import checklist
from verify.desk.numbers import changing, unlocked
from verify.errors import BadInput, NotFound
from verify.records import Answer, Note, Person, Reply, say
from verify.store.casework import answers, notes, visibility
from verify.store.database.connection import Store
from verify.store.keeping import custody
from verify.store.pictures import examinations, exhibits

_LONGEST_TEXT = 6000  # characters; a message of Telegram has 4096, and a quote in it 1024


def written(text: str) -> str:
    """What a person wrote, trimmed. Raises BadInput when there is nothing, or too much."""
    text = text.strip()
    if not text:
        raise BadInput(say("Please write it in a few words."))
    if len(text) > _LONGEST_TEXT:
        raise BadInput(
            say("That is longer than {limit} characters. Please shorten it.", limit=_LONGEST_TEXT)
        )
    return text


class Cases:
    """Keeps what people write; only a digest of it goes into the custody record."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def note(
        self,
        person: Person,
        case_id: int,
        text: str,
        *,
        key: str = "",
        exhibit_id: int | None = None,
    ) -> Note:
        """Add a note, perhaps about one exhibit. The same non-empty key adds it once."""
        text = written(text)
        with changing(self._store, person, case_id) as case_id:
            note = notes.add(self._store, person, case_id, text, key, exhibit_id)
            if note:
                custody.append(
                    self._store,
                    "noted",
                    person.id,
                    case=case_id,
                    note=note.id,
                    text=custody.digest(text),
                )
        again = note or notes.with_key(self._store, key)
        assert again is not None  # noqa: S101 - a refused key is in use
        return again

    def noted(self, person: Person, key: str) -> Note | None:
        """The note that was added under this key, in a case that this person may see."""
        note = notes.with_key(self._store, key)
        return note if note and visibility.sees(self._store, person, note.case_id) else None

    def undo_note(self, person: Person, note_id: int) -> bool:
        """Take one's own note back; it stays in the record as withdrawn.

        False if it was taken back before, or is somebody else's. Raises BadInput when its
        case is concluded.
        """
        with self._store.transaction():
            note = notes.note(self._store, note_id)
            if note is None:
                raise NotFound(say("There is no such note."))
            case_id = unlocked(self._store, person, note.case_id)
            withdrawn = notes.withdraw(self._store, person.id, note_id)
            if withdrawn:
                custody.append(self._store, "withdrawn", person.id, case=case_id, note=note_id)
        return withdrawn

    def answer(
        self,
        person: Person,
        case_id: int,
        item: str,
        reply: Reply,
        text: str = "",
        *,
        proposed: bool = False,
    ) -> Answer:
        """Answer a checklist item, with words or without.

        proposed: the desk proposed it; `text` is then the evidence as the person read it.
        """
        if item not in {known.id for known in checklist.ITEMS}:
            raise NotFound(say("There is no such item on the checklist."))
        text = written(text) if text.strip() else ""
        with changing(self._store, person, case_id) as case_id:
            brought = exhibits.of_case(self._store, case_id)
            seen = examinations.latest(self._store, brought[-1]) if brought else None
            answer = answers.add(
                self._store,
                person,
                case_id,
                item,
                reply,
                text,
                seen.id if seen else None,
                proposed=proposed,
            )
            custody.append(
                self._store,
                "answered",
                person.id,
                case=case_id,
                item=item,
                text=custody.digest(text),
            )
        return answer
