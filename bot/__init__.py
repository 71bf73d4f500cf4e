"""How Equal Voice runs: settings, wiring, channels, charts, keys and the command line.

Telegram's types stay in `bot.telegram`, the web framework's in `bot.web`, drawing in `bot.charts`; only
`bot.bootstrap` names concrete parts. What is said and what follows from it belongs to `conversations`, SQL
to `storage`.
"""
