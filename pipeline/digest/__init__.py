"""Suggestions in, pages out: compose, markdown, page, JSON."""
