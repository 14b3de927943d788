"""Feeds in, articles out: fetch, parse, clean, links."""
