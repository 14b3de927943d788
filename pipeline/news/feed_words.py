"""How feeds and their troubles are called where nothing is asked: words that a quiet run needs.

Apart from `failures` and `update`, which load the network.
"""

from __future__ import annotations

from pathlib import Path

from pipeline.text.urls import site_of

OWN_NETWORK = "this computer's network"  # where the problem is, when no feed is to blame
LATER = "Nothing to do: the next run tries again."
LASTING = (
    "It has failed for days, so it may not mend by itself: open the address in a browser; if it "
    "fails there too, find the new one or remove it."
)


def name_of(address: str) -> str:
    """Return how a feed is called in a sentence."""
    if "://" in address:
        host = site_of(address)
        return f"{host}'s feed" if host else "A feed"
    from pipeline.news.clean import safe

    return f"The file {safe(Path(address).name)}"
