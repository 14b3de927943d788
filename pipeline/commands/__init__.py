"""What the user asks for, or tells, between two runs: a function for each question."""
