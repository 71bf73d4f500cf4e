"""What is said and what follows from it.

Everything here is pure: the standard library's pure parts only, no input or output, no clock, no
randomness, no async. What a conversation may know is handed to it, and what it wants done it hands back.
Channels, storage and translation live elsewhere.
"""
