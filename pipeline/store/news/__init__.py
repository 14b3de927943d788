"""The news: feeds, articles, stories, and what they teach. It belongs to nobody in particular.

All of it can be fetched again; no statement here touches the tables of `store/candidate/`. Each
function that writes is meant to be called inside `database.atomic`, one block for each stage.
"""

from pipeline.store.news.articles import (
    arrivals,
    arrived,
    article_count,
    article_figures,
    articles_of,
    articles_since,
    changes_made,
    forget_articles,
    keep_articles,
    keep_pages,
    newest_articles,
    newest_of,
    published_by,
    seen_since,
    taken_on,
)
from pipeline.store.news.feeds import (
    feed_states,
    keep_feed_states,
    mark_listed,
    mark_typed,
    rename_feed,
)
from pipeline.store.news.knowledge import (
    company_profiles,
    has_knowledge,
    keep_knowledge,
    load_knowledge,
)
from pipeline.store.news.stories import (
    articles_by_story,
    feeds_of_stories,
    fingerprints,
    forget_fingerprints,
    is_any_apart,
    keep_fingerprints,
    keep_stories,
    members,
    stories_from_before,
    stories_of,
    story_count,
    story_ids,
)
