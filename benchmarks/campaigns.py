"""Tell groups in made-up worlds whose truth is known, beside published rules, and at what cost.

    python -m benchmarks.campaigns [--part tuning] [--worlds 22] [--empty 1000] [--cost] [--write]

Every world holds some of the driven groups of `benchmarks/worlds.py` among its accounts. Empty
worlds of five kinds hold none: what is told of them is wrong, as are signs of a machine, and waves
of hashtags that are used every day alike. Sister channels are marked; what the marks explain is
neither right nor wrong, for whomever. Recall is of members whose times are finer than a day.
`--write` puts the count of empty worlds into verify/campaigns/measured.json.
"""

from __future__ import annotations

import argparse
import resource
import time
from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import combinations
from pathlib import Path

import msgspec
import numpy as np

from benchmarks.campaign_peers import PEERS, components
from benchmarks.worlds import (
    EMPTY,
    MEASURING,
    SCENARIOS,
    START,
    TUNING,
    Settings,
    World,
    named,
    smaller,
    steady,
    world,
)
from verify.campaigns.machines import by_machine
from verify.campaigns.precision import resolutions
from verify.campaigns.rows import DAY, Rows
from verify.campaigns.together import together
from verify.campaigns.waves import waves
from verify.records import MachineSign, Measured

MEASURED = Path(__file__).parent.parent / "verify" / "campaigns" / "measured.json"
FIRST_SEED = {"tuning": 1, "measuring": 10_000}
PLANTED = 4  # driven groups in a world
PART = 0.3  # the size of most empty worlds
SIGNS = ("group", *(sign.value for sign in MachineSign), "wave")

Pair = tuple[int, int]


@dataclass
class Score:
    """What one rule told: pairs and groups, right and wrong, and by scenario what was found."""

    right: int = 0
    wrong: int = 0
    groups_right: int = 0
    groups_wrong: int = 0
    found: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    accounts: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    whole: dict[str, list[bool]] = field(default_factory=lambda: defaultdict(list))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--part", choices=FIRST_SEED, default="measuring")
    parser.add_argument("--worlds", type=int, default=22)
    parser.add_argument("--empty", type=int, default=0, help="in all, of five kinds")
    parser.add_argument("--whole", type=int, default=0, help="of them, with 2,000 accounts")
    parser.add_argument("--cost", action="store_true")
    parser.add_argument("--write", action="store_true")
    arguments = parser.parse_args()
    settings = TUNING if arguments.part == "tuning" else MEASURING
    seed = FIRST_SEED[arguments.part]
    if arguments.worlds:
        _groups(settings, seed, arguments.worlds)
    if arguments.empty:
        _empty(settings, seed + 5_000, arguments.empty, arguments.whole, arguments.write)
    if arguments.cost:
        _cost(settings, seed)


def _groups(settings: Settings, seed: int, worlds: int) -> None:
    scores = {name: Score() for name in ("verify-desk", *PEERS)}
    names = list(SCENARIOS)
    posts = 0
    for one in range(worlds):
        mine = [names[(one * PLANTED + index) % len(names)] for index in range(PLANTED)]
        made = world(seed + one, settings, {name: SCENARIOS[name] for name in mine})
        posts += len(made.rows)
        told = [
            np.array(group.accounts)
            for group in together(made.rows, made.stated)
            if not group.explained
        ]
        _score(scores["verify-desk"], made, told, _pairs(told))
        for name, rule in PEERS.items():
            edges = rule(made.rows)
            _score(scores[name], made, components(edges), {(int(a), int(b)) for a, b in edges})
    print(f"{worlds} worlds, seeds {seed} to {seed + worlds - 1}, {posts:,} rows", flush=True)
    _print(scores)


def _pairs(groups: list[np.ndarray]) -> set[Pair]:
    return {pair for group in groups for pair in combinations(sorted(group.tolist()), 2)}


def _score(score: Score, made: World, groups: list[np.ndarray], told: set[Pair]) -> None:
    told -= _pairs([np.array(stated.accounts) for stated in made.stated])
    true = {name: _pairs([members]) for name, members in made.driven.items()}
    every = set().union(*true.values()) if true else set()
    score.right += len(told & every)
    score.wrong += len(told - every)
    reach = _in_reach(made.rows)
    for name, members in made.driven.items():
        able = {int(one) for one in members} & reach
        pairs = {pair for pair in true[name] if pair[0] in able and pair[1] in able}
        score.found[name].append(len(pairs & told) / max(1, len(pairs)))
        best = max((_overlap(set(group.tolist()), able) for group in groups), default=(0.0, 0.0))
        score.whole[name].append(best[0] >= 0.5)
        score.accounts[name].append(best[1])
    sisters = [set(stated.accounts) for stated in made.stated]
    driven = [{int(one) for one in members} & reach for members in made.driven.values()]
    for group in (set(group.tolist()) for group in groups):
        if any(_overlap(group, one)[0] >= 0.5 for one in driven):
            score.groups_right += 1
        elif not any(len(group & one) >= 0.8 * len(group) for one in sisters):
            score.groups_wrong += 1


def _overlap(one: set[int], other: set[int]) -> tuple[float, float]:
    """The overlap of two groups (Jaccard), and the part of the other that it has."""
    both = len(one & other)
    return both / max(1, len(one | other)), both / max(1, len(other))


def _in_reach(rows: Rows) -> set[int]:
    return set(np.unique(rows["account"][resolutions(rows) < DAY]).tolist())


def _print(scores: dict[str, Score]) -> None:
    print(f"\n{'':30}   pairs: precision recall  F1    groups: right wrong recall")
    for name, score in scores.items():
        recall = float(np.mean([one for found in score.found.values() for one in found]))
        whole = float(np.mean([one for found in score.whole.values() for one in found]))
        precision = score.right / max(1, score.right + score.wrong)
        f1 = 2 * precision * recall / max(1e-9, precision + recall)
        print(
            f"{name:30} {precision:16.3f} {recall:6.2f} {f1:5.2f} {score.groups_right:13}"
            f" {score.groups_wrong:5} {whole:6.2f}"
        )
    print(f"\n{'recall by scenario':30} accounts pairs groups  bar | pairs of the others")
    for name in SCENARIOS:
        own = scores["verify-desk"]
        others = "  ".join(f"{np.mean(scores[peer].found[name]):.2f}" for peer in PEERS)
        bar = f"{SCENARIOS[name].bar:.1f}" if SCENARIOS[name].bar else "  -"
        print(
            f"{name:30} {np.mean(own.accounts[name]):8.2f} {np.mean(own.found[name]):5.2f}"
            f" {np.mean(own.whole[name]):6.2f}  {bar} | {others}",
            flush=True,
        )


def _empty(settings: Settings, seed: int, worlds: int, whole: int, write: bool) -> None:
    kinds = list(EMPTY)
    wrong: dict[str, dict[str, int]] = {kind: defaultdict(int) for kind in kinds}
    made_of: dict[str, int] = defaultdict(int)
    for one in range(worlds):
        kind = kinds[one % len(kinds)]
        size = settings if one < whole else smaller(settings, PART)
        made_of[kind] += 1
        for what, told in _told_of_nothing(seed + one, EMPTY[kind](size)).items():
            wrong[kind][what] += bool(told)
            for line in told:
                print(f"  seed {seed + one} ({kind}): {what}: {line}", flush=True)
        if (one + 1) % 50 == 0 or one + 1 == worlds:
            groups = sum(told["group"] for told in wrong.values())
            print(f"{one + 1} empty worlds, {groups} with a group", flush=True)
            if write:
                _write(one + 1, groups)
    print(f"\n{'worlds with a false':20}       " + "".join(f"{one:>8}" for one in SIGNS))
    for kind in kinds:
        print(f"{kind:20} {made_of[kind]:5} " + "".join(f"{wrong[kind][one]:8}" for one in SIGNS))
    total = [sum(told[one] for told in wrong.values()) for one in SIGNS]
    print(f"{'at most, at 95 %':26} " + "".join(f"{_limit(one, worlds):8.1%}" for one in total))


def _told_of_nothing(seed: int, settings: Settings) -> dict[str, list[str]]:
    """What is told of a world in which nobody drives anything, by what it is called; waves of
    hashtags that have none."""
    made = named(world(seed, settings), seed)
    found: dict[str, list[str]] = {sign: [] for sign in SIGNS}
    for group in together(made.rows, made.stated):
        if not group.explained:
            found["group"].append(
                f"{len(group.accounts)} accounts within {group.window_s} s, {group.evidence}"
            )
    for machine in by_machine(made.rows, resolutions(made.rows), made.stated):
        if not machine.explained:
            found[machine.sign.value].append(
                f"{len(machine.accounts)} accounts, {len(machine.objects)} objects"
            )
    for wave in waves(steady(seed, settings)):
        found["wave"].append(
            f"{wave.observed} posts by {wave.accounts} accounts, where {wave.usual:.1f} are usual,"
            f" {(wave.first.timestamp() - START) / DAY:.1f} days after the first post"
        )
    return found


def _write(worlds: int, wrong: int) -> None:
    measured = Measured(
        worlds=worlds,
        wrong=wrong,
        date=date.today().isoformat(),
        script="benchmarks/campaigns.py",
    )
    MEASURED.write_bytes(msgspec.json.encode(measured) + b"\n")


def _limit(wrong: int, worlds: int) -> float:
    """The rate that would give so few with 5 % (Clopper, Pearson 1934)."""
    from scipy.stats import beta

    return float(beta.ppf(0.95, wrong + 1, worlds - wrong))


def _cost(settings: Settings, seed: int) -> None:
    """Seconds of one core and memory, for as many rows as a desk may hold."""
    for rows, accounts in ((100_000, 3_000), (1_000_000, 25_000)):
        made = filled(settings, seed, rows, accounts)
        before = _peak()
        begin = time.process_time()
        groups = together(made.rows, made.stated)
        print(
            f"{len(made.rows):,} rows, {accounts:,} accounts: {time.process_time() - begin:.1f} s"
            f" of one core, {_peak() - before:,} MiB beyond {before:,}; {len(groups)} groups",
            flush=True,
        )


def filled(settings: Settings, seed: int, rows: int, accounts: int) -> World:
    part = accounts / settings.accounts
    grown = replace(smaller(settings, part), newsrooms=settings.newsrooms)
    made = world(seed, grown, SCENARIOS)
    while len(made.rows) < rows:  # the same accounts go on
        grown = replace(grown, objects_a_day=int(grown.objects_a_day * rows / len(made.rows)) + 1)
        made = world(seed, grown, SCENARIOS)
    return replace(made, rows=made.rows[:rows]) if len(made.rows) > 1.2 * rows else made


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    main()
