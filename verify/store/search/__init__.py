"""Full text over words: those that people wrote, those of findings, those in pictures."""
