"""All code that touches received bytes. It runs only inside the child process."""

from __future__ import annotations

LAB_VERSION = 7
FOOTAGE_VERSION = 2
"""Of the way in which films are looked at from beginning to end."""
SOUND_VERSION = 1
"""Of the way in which sounds are listened to."""
