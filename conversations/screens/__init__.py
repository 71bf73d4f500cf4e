"""What each state looks like: a card made from the dialogue and the situation, and from nothing else.

``card`` can be called at any time and gives the same card for the same state of things: after a step, for an old
button, after a restart, when a web page is loaded again.
"""

from conversations.screens.all import card

__all__ = ["card"]
