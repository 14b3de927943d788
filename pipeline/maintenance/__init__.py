"""Months without a hand on it: schedule, log and notices, care of the database, doctor, backups."""
