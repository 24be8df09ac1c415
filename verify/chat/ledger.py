"""What has been read of the desk to answer an update: what is said in the answer comes from it."""

from __future__ import annotations

from dataclasses import dataclass

from verify.records import About


@dataclass
class Ledger:
    """read: all that was handed out so far. addressed: the cases that the person turned to."""

    read: About = About()  # noqa: RUF009 - a frozen record
    addressed: About = About()  # noqa: RUF009

    def all(self) -> About:
        """What an answer is about, where it is not known more exactly."""
        return self.read | self.addressed

    def asked(self) -> About:
        """What the person's own words are about: the case that they went to, else what they
        asked to see."""
        return self.addressed or self.read
