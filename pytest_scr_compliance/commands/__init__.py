"""Groups of sub-commands of ``scr-compliance``, one module each."""
