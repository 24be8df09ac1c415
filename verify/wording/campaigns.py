"""What is said of campaigns: what coincides, what others did, and what else would explain it.

It never says why accounts post the same, which times do not tell.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from verify.records import (
    AccountGroup,
    ByMachine,
    CampaignReport,
    Explaining,
    Instant,
    Layer,
    MachineSign,
    Measured,
    ScheduledPosts,
    Sentence,
    Shared,
    Value,
    Wave,
    listed,
    say,
    say_many,
    usual_posts,
    window_time,
)

_NAMED, _THINGS = 12, 3  # accounts and objects of a group that are named
_WAVES = 5  # that are told one by one
_DIGITS = 12  # of a SHA-256
_QUOTED, _NAME = 80, 40  # letters of words, and of a name
_WHOLE_HOUR, _HALF = (0,), (0, 30)

REASONS = say(
    "Other reasons for it: pictures and words of one agency, breaking news, channels of one owner,"
    " fans, a time zone in common, programs that post at set times."
)
"""What else makes accounts post the same, whatever was counted."""


def told(report: CampaignReport) -> Iterator[Sentence]:
    """All of it, a line each."""
    found = report.told
    yield heading(report)
    for one in found.groups:
        yield from group(report, one)
    for machine in found.by_machine:
        yield from by_machine(report, machine)
    yield from schedules(report)
    yield from waves(report)
    if found.groups or found.by_machine:
        yield REASONS
    yield measured(found.measured)
    yield from left_out(report)
    if report.closed:  # not in a report of a case, which others get
        yield say_many(
            "{count} post of closed chats took no part.",
            "{count} posts of closed chats took no part.",
            report.closed,
        )


def heading(report: CampaignReport) -> Sentence:
    """Among how many posts it was looked for, and whether anything was found."""
    found = report.told
    among = say_many(
        "Among the {count} post collected here, by {accounts}",
        "Among the {count} posts collected here, by {accounts}",
        found.posts,
        accounts=_accounts(found.accounts),
    )
    if not (found.groups or found.by_machine or found.scheduled or found.waves):
        return say(
            "{among}: nothing coincides beyond what the spread of each thing explains.", among=among
        )
    return say("{among}:", among=among)


def group(report: CampaignReport, one: AccountGroup) -> Iterator[Sentence]:
    """A group of accounts: what coincides, what others did, what people stated."""
    told = say_many(
        "{count} account posted the same within {window} of each other, {occasions}: {names}.",
        "{count} accounts posted the same within {window} of each other, {occasions}: {names}.",
        len(one.accounts),
        window=window_time(one.window_s),
        occasions=say_many("{count} time", "{count} times", one.evidence.occasions),
        names=names(report, one.accounts),
    )
    if one.layer is Layer.FORWARDS:
        told = say("{told} These are forwards.", told=told)
    yield told
    yield say(
        "It was {things}; first {first}, last {last}.",
        things=things(report, one.objects),
        first=Instant(at=one.first),
        last=Instant(at=one.last),
    )
    yield say(
        "They stood so close together {links} times; {expected} times if each thing's own spread"
        " alone had brought them there. {others}",
        links=one.evidence.links,
        expected=_rounded(one.evidence.expected),
        others=_others(one.evidence.outsiders),
    )
    for explained in one.explained:
        yield explaining(explained.kind)


def explaining(kind: Explaining) -> Sentence:
    """What people stated that explains a group, or what looks made by one program."""
    if kind is Explaining.SAME_OWNER:
        return say("Somebody here stated that they have one owner, which explains it.")
    return say("Somebody here stated that they are customers of one agency, which explains it.")


def _others(rows: int) -> Sentence:
    if not rows:
        return say("Nobody else posted these things here.")
    return say_many(
        "Others posted these things {count} time.",
        "Others posted these things {count} times.",
        rows,
    )


def by_machine(report: CampaignReport, one: ByMachine) -> Iterator[Sentence]:
    """Accounts whose posts look made by one program, and by what."""
    signs = {
        MachineSign.CLIENT: say(
            "their posts name one client that hardly anybody else here uses: {client}",
            client=report.clients.get(one.client or 0, ""),
        ),
        MachineSign.WORDS: say(
            "they posted the same words to the letter within {window}",
            window=window_time(one.window_s),
        ),
        MachineSign.ORDER: say("they posted the same things in the same order"),
    }
    yield say_many(
        "The posts of {count} account look made by one program: {sign}. {names}.",
        "The posts of {count} accounts look made by one program: {sign}. {names}.",
        len(one.accounts),
        sign=signs[one.sign],
        names=names(report, one.accounts),
    )
    if any(number not in group.objects for group in report.told.groups for number in one.objects):
        yield say("It was {things}.", things=things(report, one.objects))
    for explained in one.explained:
        yield explaining(explained.kind)


def schedules(report: CampaignReport) -> Iterator[Sentence]:
    """Accounts that post by the clock, together where they do so at the same minutes."""
    alike: dict[tuple[int, ...], list[ScheduledPosts]] = {}
    for one in report.told.scheduled:
        alike.setdefault(one.minutes, []).append(one)
    for several in alike.values():
        if len(several) == 1:
            yield scheduled(report, several[0])
            continue
        yield say_many(
            "{count} account posts {when}: {observed} of {posts} posts, where {expected} would be"
            " usual: {names}. Newsrooms schedule posts, too.",
            "{count} accounts post {when}: {observed} of {posts} posts, where {expected} would be"
            " usual: {names}. Newsrooms schedule posts, too.",
            len(several),
            when=by_the_clock(several[0]),
            observed=sum(one.observed for one in several),
            posts=sum(one.posts for one in several),
            expected=_rounded(sum(one.expected for one in several)),
            names=names(report, (one.account for one in several)),
        )


def scheduled(report: CampaignReport, one: ScheduledPosts) -> Sentence:
    """An account that posts by the clock."""
    return say_many(
        "{name} posts {when}: {observed} of {count} post, where {expected} would be usual."
        " Newsrooms schedule posts, too.",
        "{name} posts {when}: {observed} of {count} posts, where {expected} would be usual."
        " Newsrooms schedule posts, too.",
        one.posts,
        name=name(report, one.account),
        when=by_the_clock(one),
        observed=one.observed,
        expected=_rounded(one.expected),
    )


def by_the_clock(one: ScheduledPosts) -> Sentence:
    """At which minutes an account posts."""
    if one.minutes == _WHOLE_HOUR:
        return say("on the hour")
    if one.minutes == _HALF:
        return say("on the hour and the half hour")
    if one.minutes:
        return say("at these minutes of the hour: {minutes}", minutes=listed(one.minutes))
    return say("at full minutes")


def waves(report: CampaignReport) -> Iterator[Sentence]:
    """The waves, the largest first; of what groups posted together only how many there are."""
    driven = [one for one in report.told.waves if taking_part(report, one.object)]
    others = [one for one in report.told.waves if not taking_part(report, one.object)]
    largest = sorted(others, key=lambda one: -one.accounts)
    for one in largest[:_WAVES]:
        yield from wave(report, one)
    if len(largest) > _WAVES:
        yield say_many(
            "{count} smaller wave, which needs nothing but news, too.",
            "{count} smaller waves, which need nothing but news, too.",
            len(largest) - _WAVES,
        )
    if driven:
        yield say_many(
            "{count} wave more is of what accounts named above posted together.",
            "{count} waves more are of what accounts named above posted together.",
            len(driven),
        )


def wave(report: CampaignReport, one: Wave) -> Iterator[Sentence]:
    """A thing that many accounts posted all at once, and whether more than news is in it."""
    yield say_many(
        "A wave: {count} account posted {thing} between {first} and {last}; {observed} posts in one"
        " hour, where {usual} would be usual.",
        "A wave: {count} accounts posted {thing} between {first} and {last}; {observed} posts in"
        " one hour, where {usual} would be usual.",
        one.accounts,
        thing=thing(report, one.object),
        first=Instant(at=one.first),
        last=Instant(at=one.last),
        observed=one.observed,
        usual=usual_posts(one.usual),
    )
    if not taking_part(report, one.object):
        yield say(
            "Nothing but news is needed to explain it: no accounts here posted it closer together"
            " than so many would."
        )


def taking_part(report: CampaignReport, number: int) -> bool:
    """Whether a group or a program that was told posted this object."""
    found = report.told
    together = any(number in one.objects for one in found.groups)
    return together or any(number in one.objects for one in found.by_machine)


def measured(one: Measured) -> Sentence:
    """How often such groups were told where there was none."""
    if not one.worlds:
        return say("How often groups are told where there are none was not measured yet.")
    return say(
        "In {worlds} made-up worlds without any such group, one was told in {wrong} ({script},"
        " {date}).",
        worlds=one.worlds,
        wrong=one.wrong,
        script=one.script,
        date=one.date,
    )


def left_out(report: CampaignReport) -> Iterator[Sentence]:
    """What could not take part, and how much of it there is."""
    found = report.told
    if found.too_few:
        yield say_many(
            "{count} account has too few posts here to tell.",
            "{count} accounts have too few posts here to tell.",
            found.too_few,
        )
    if found.too_coarse:
        yield say_many(
            "{count} post took no part: its time is not fine enough, or its zone is unknown.",
            "{count} posts took no part: their times are not fine enough, or their zones unknown.",
            found.too_coarse,
        )
    if report.undated:
        yield say_many(
            "{count} post took no part: its time is unknown.",
            "{count} posts took no part: their times are unknown.",
            report.undated,
        )


def names(report: CampaignReport, accounts: Iterable[int]) -> Value:
    """The first accounts by name, and how many more."""
    every = [*accounts]
    return _some([name(report, one) for one in every[:_NAMED]], len(every))


def name(report: CampaignReport, account: int) -> Value:
    """An account as people name it."""
    known = report.sharers.get(account)
    return _cut(known.shown, _NAME) if known else say("an unknown account")


def things(report: CampaignReport, objects: Iterable[int]) -> Value:
    """The first objects by name, and how many more."""
    every = sorted(objects, key=lambda one: (report.objects[one].kind, one))
    return _some([thing(report, one) for one in every[:_THINGS]], len(every))


def thing(report: CampaignReport, number: int) -> Sentence:
    """An object as readers may know it again."""
    one = report.objects[number]
    match one.kind:
        case Shared.PICTURE:
            digest = one.exhibits[0][:_DIGITS] if one.exhibits else ""
            return say("the picture {digest}…", digest=digest)
        case Shared.WORDS:
            return say("the words “{text}”", text=_cut(one.text))
        case Shared.ALIKE:
            return say("words like “{text}”", text=_cut(one.text))
        case Shared.HASHTAG:
            return say("the hashtag {text}", text=f"#{one.text}")
        case Shared.LINK:
            return say("the link {text}", text=_cut(one.text))


def _some(first: list[Value], count: int) -> Value:
    if count <= len(first):
        return listed(first)
    return say_many(
        "{some}, and {count} more",
        "{some}, and {count} more",
        count - len(first),
        some=listed(first),
    )


def _accounts(count: int) -> Sentence:
    return say_many("{count} account", "{count} accounts", count)


def _cut(text: str, most: int = _QUOTED) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"


def _rounded(number: float) -> float | int:
    return round(number, 1) if number < 10 else round(number)
