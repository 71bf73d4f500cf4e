"""The translations: one gettext catalogue a language, and locales.json, the list that all else is made from.

Only data lives here. Choosing a language and filling in a text belong to `bot`.
"""
