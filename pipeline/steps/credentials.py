"""Passwords and other secrets: from the environment, else from the keyring, when they are used."""

from __future__ import annotations

import os

from pipeline.steps.deadline import within

KEYRING = "touchpoints"  # the service's name in the keyring
# Our judgement: a locked keyring asks for its password, and under cron there is nobody to answer.
# no border test: a wait, in seconds
KEYRING_SECONDS = 10.0
HOW_TO_SET = (
    "Set it where the program runs, in the crontab too, or keep it in the keyring; "
    "docs/unattended.md explains how."
)


def secret(name: str) -> str:
    """Return a secret, or an empty string."""
    return os.environ.get(name, "").strip() or _from_keyring(name)


def _from_keyring(name: str) -> str:
    try:
        import keyring
        from keyring.errors import KeyringError
    except ImportError:
        return ""
    try:
        found = within(KEYRING_SECONDS, lambda: keyring.get_password(KEYRING, name))
    except (KeyringError, TimeoutError):  # none on this computer, or locked
        return ""
    return (found or "").strip()
