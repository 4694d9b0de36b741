"""Writes ``sample_cases/``: stories in Markdown become the Word, PDF, HTML and text files of fictional cases.

``python -m tools.make_samples`` rebuilds everything; the same sources always give the same bytes. README.md
beside this file says how to add a case.
"""
