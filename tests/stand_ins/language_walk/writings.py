"""What people write in their own language: with its own punctuation, its marks and joiners, and over several lines."""

from __future__ import annotations

from conversations.says import Phrase
from language_walk.tongue import Tongue
from walking import questionnaire

WRITINGS = {
    "ar": "هَلْ تُوجَدُ مُتَرجِمة؟ نعم، ولكن ليس دائمًا؛ «مرّة واحدة» فقط…\n\nنريد مترجمة في كلّ موعد: رقم ١٢٣، من فضلكم!",
    "pl": "„Zażółć gęślą jaźń” – tak się czułam…\n\nProszę nas pytać; nie po fakcie, ale zanim coś się stanie.",
    "bn": "আমাদের কথা আগে শুনুন। সিদ্ধান্তের পরে নয়—আগে!\n\n“র‍্যাম্প” নেই কেন? ২৩ তারিখে ক্ষমা চেয়েছিলেন; দুঃখ পেয়েছি…",
    "zh": "请先问我们，再做决定……\n\n“为什么？”——没有人回答我。《妈妈手册》第１２页：谢谢！",  # noqa: RUF001 - full width is meant
}


def writing(tongue: Tongue, number: int) -> str:
    """What the person with this number writes. A language without words of its own here quotes its catalogue."""
    principles = questionnaire().principles
    words = WRITINGS.get(tongue.code) or "\n\n".join(tongue.say(Phrase(each.definition)) for each in principles[:2])
    return f"{words}\n– {number} –"
