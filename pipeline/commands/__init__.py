"""What the user asks for or records between two runs: a function for each."""
