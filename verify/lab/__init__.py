"""All code that touches received bytes. It runs only inside the child process."""

from __future__ import annotations

LAB_VERSION = 7
