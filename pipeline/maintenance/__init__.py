"""Running unattended for months: schedule, log, notices, care of the database, doctor, backups."""
