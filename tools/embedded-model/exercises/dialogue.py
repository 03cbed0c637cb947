"""An exercise as a conversation: an instruction here and there, the text, the questions one by one."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import Literal

from .arithmetic import arithmetic
from .sentences import sentences
from .tables import table
from .vocabulary import Difficulty, Exercise, Vocabulary

Kind = Literal["table", "pass", "arith"]
"""Named as in golden.json; "pass" is a passage of sentences."""

KINDS: tuple[Kind, ...] = ("table", "pass", "arith")

SYSTEM = (
    "You are a helpful assistant.",
    "你是一个有用的助手。",
    "Answer questions about the text.",
    "请根据材料回答问题。",
    "Answer briefly.",
    "请简短回答。",
)
BEFORE_ZH = ("阅读下面的材料，回答问题。", "请阅读材料。", "材料：", "根据下面的内容回答问题。", "下面是一张表。")
BEFORE_EN = (
    "Read the text and answer the question.",
    "Text:",
    "Passage:",
    "Use the text below.",
    "Here is a table.",
    "Context:",
)
AFTER_ZH = (
    "只回答数值或词语。",
    "请只写答案。",
    "只写答案，不要解释。",
    "用材料中的原文回答。",
    "请根据上面的内容回答。",
    "答案：",
)
AFTER_EN = (
    "Answer with the value only.",
    "Answer in as few words as possible.",
    "Give only the answer.",
    "Answer with a short phrase from the text.",
    "Use only the text above.",
    "Answer:",
)
AFTER_SUM_ZH = ("只写数字。", "只回答一个数字。", "请只写最后的答案。", "答案：")
AFTER_SUM_EN = ("Answer with a number only.", "Give only the number.", "Write the final answer only.", "Answer:")
INSTRUCTIONS = BEFORE_ZH + BEFORE_EN + AFTER_ZH + AFTER_EN + AFTER_SUM_ZH + AFTER_SUM_EN


@dataclass(frozen=True)
class Dialogue:
    """The first user turn carries the text."""

    system: str | None
    turns: list[tuple[str, str]]


def exercise(rng: random.Random, vocabulary: Vocabulary, difficulty: Difficulty, kind: Kind) -> Exercise:
    if kind == "table":
        return table(rng, vocabulary, difficulty.tables)
    if kind == "pass":
        return sentences(rng, vocabulary, difficulty.sentences)
    return arithmetic(rng, difficulty.arithmetic)


def dialogue(rng: random.Random, vocabulary: Vocabulary, difficulty: Difficulty, kind: Kind | None = None) -> Dialogue:
    """One conversation; a kind is drawn where none is given."""
    if kind is None:
        kind = rng.choices(KINDS, (50, 30, 20))[0]
    made = exercise(rng, vocabulary, difficulty, kind)
    chinese = _has_hanzi(made.text or made.questions[0][0] + made.questions[-1][0])
    if kind == "arith":
        after = AFTER_SUM_ZH if chinese else AFTER_SUM_EN
    else:
        after = AFTER_ZH if chinese else AFTER_EN
    bare_follow_ups = rng.random() < 0.5
    turns = []
    for index, (question, answer) in enumerate(made.questions):
        if index > 0 and bare_follow_ups:
            turns.append((question, answer))
        else:
            text = made.text if index == 0 else ""
            turns.append((_user_turn(rng, text, bool(made.text), question, chinese, after), answer))
    return Dialogue(rng.choice(SYSTEM) if rng.random() < 0.25 else None, turns)


def _user_turn(
    rng: random.Random, text: str, about_text: bool, question: str, chinese: bool, after: tuple[str, ...]
) -> str:
    """`text` is "" where an earlier turn carried it; `about_text` says whether there is one at all."""
    newline = rng.choice(("\n", "\n\n"))
    asked = rng.choice(("", "", "问题：" if chinese else "Question: ", "Q: ")) + question
    parts = [asked]
    if text:
        before = [rng.choice(BEFORE_ZH if chinese else BEFORE_EN)] if rng.random() < 0.4 else []
        passage = [*before, text]
        parts = [*passage, asked] if rng.random() < 0.88 else [asked, *passage]
    if rng.random() < 0.45:
        place = rng.choice((len(parts), len(parts), 0))
        parts.insert(place, rng.choice(after))
    on_lines = rng.random() < 0.9
    return newline.join(parts) if on_lines or about_text else " ".join(parts)


def _has_hanzi(text: str) -> bool:
    return any("\u4e00" <= character <= "\u9fff" for character in text)
