"""Where Equal Voice keeps what must outlast the program: one `Store`, and each place that can be one.

This is the only package with SQL. It may use `conversations`, never `bot`: keys and settings are handed to
it, and it decides nothing about what people are told.
"""
