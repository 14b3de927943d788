"""From matches and history to the few messages that a tactful candidate would really send."""
