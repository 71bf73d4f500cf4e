"""``python -m bot`` is ``equal-voice``."""

import sys

from bot.command_line import main

sys.exit(main())
