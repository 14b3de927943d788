"""The command line: arguments, the clock, exit codes. Data to stdout, messages to stderr."""
