# This one does nothing. Another could tell pytest to skip every rule.
