"""What the user asks of the feeds, to tune feeds.yaml; one module for each kind of question."""
