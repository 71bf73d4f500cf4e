"""Telegram: the only folder that knows python-telegram-bot's types.

The way of an update: intake.py fetches it, reading.py says what it means, answering.py has the turn taken,
delivery.py sends what rendering.py made of the reply. channel.py puts the parts together. So that a chat can be
emptied, ledger.py remembers what stands in it, and clearing.py deletes that.
"""
