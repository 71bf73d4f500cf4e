"""What follows from what a person does: the rows of the table of states.

Each module is one room of the conversation and ends with its rows, ``ROWS``: state → input → move. A move is a pure
function of the dialogue, the input and the situation. What the new state looks like is screens/'s.
"""
