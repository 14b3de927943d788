"""One candidate's history: what was suggested, sent, answered; matches; reports of runs.

Never lost, never shared; no statement here touches the tables of `store/news/`.
"""

from pipeline.store.candidate.history import (
    ask_for,
    edit,
    forget_weight,
    forgotten,
    keep_hold,
    keep_suggestion,
    keep_taken,
    load_history,
    log,
    move,
    moves,
    release,
    stories_in_use,
    touchpoint,
    undo,
)
from pipeline.store.candidate.matches import (
    forget_matches,
    keep_events,
    keep_matches,
    load_bounds,
    load_events,
    load_matches,
    matched_stories,
    met_lines,
    shown_stories,
    stories_referred_to,
)
from pipeline.store.candidate.runs import keep_run, last_report, last_runs, runs_since, state
