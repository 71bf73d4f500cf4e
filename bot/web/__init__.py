"""The web channel: the same conversations as plain HTML pages, for people without Telegram.

A page is a card. Every form is posted and answered with a redirect, so that going back or reloading never
sends anything twice, and nothing needs JavaScript. The web framework stays inside this folder; what is said
and what follows from it is decided elsewhere.
"""
