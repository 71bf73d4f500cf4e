"""Pictures: charts of groups and posters, each with a caption that says the same in words.

Pooled results come in, a PNG and a caption go out (``Drawn``). Nothing here reads the store, knows a channel
or sees one person's answer. Ask ``artist.Artist`` for a picture; ``jobs`` says which there are.

The way of a picture: a job, read by ``readings`` into what may be drawn; ``bars``, ``dots`` or ``poster``
place it on a ``Sheet`` in whole pixels, with text measured and wrapped by ``fonts`` and ``wrapping``; the
sheet draws itself. ``captions`` writes the same numbers from the same readings.
"""
