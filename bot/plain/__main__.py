"""``make plain``: the grade of every text, its longest sentence, and what is not plain. Fails when something is not.

``--faults`` prints only the faults and the means.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

from bot.plain.allowances import Allowances, read
from bot.plain.judging import Reading, judge, means, too_hard, unexplained, unused
from bot.plain.texts import NoSample, every_text, shipped
from conversations.questionnaire import Questionnaire


def examine(questionnaire: Questionnaire, allowances: Allowances) -> tuple[list[Reading], list[str]]:
    """Every text as it was read, and everything that is wrong, told in a line each."""
    used: set[str] = set()
    try:
        texts = every_text(questionnaire, allowances.samples, used)
    except NoSample as fault:
        return [], [str(fault)]
    readings = judge(texts, allowances)
    faults = [f"{reading.text.id}: {fault.told}" for reading in readings for fault in reading.faults]
    faults += too_hard(means(readings))
    faults += unexplained(texts, allowances, questionnaire)
    faults += unused(readings, allowances, used)
    return readings, list(dict.fromkeys(faults))


def line(reading: Reading) -> str:
    """One text: its grade, the words of its longest sentence, its kind, its id and its words."""
    grade = "–" if reading.grade is None else f"{reading.grade:.1f}"
    mark = "*" if reading.excepted else " "
    return f"{grade:>4} {reading.longest:3}{mark} {reading.text.kind:<11} {reading.text.id}: {reading.text.words}"


def main(arguments: Sequence[str]) -> int:
    """Print, and tell by the exit status whether everything is plain."""
    readings, faults = examine(shipped(), read())
    if "--faults" not in arguments:
        print("grade, words of the longest sentence (* an exception allows it), kind, id: text")
        for reading in readings:
            print(line(reading))
        print("Mean grades: " + ", ".join(f"{kind} {mean:.1f}" for kind, mean in means(readings).items()))
    for fault in faults:
        print(fault, file=sys.stderr)
    print(f"{len(readings)} texts; {len(faults)} to mend." if faults else f"{len(readings)} texts are plain.")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
