"""What the candidate writes: feeds.yaml, notes and profile, read into records and problems."""
