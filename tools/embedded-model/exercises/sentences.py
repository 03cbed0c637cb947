"""A few facts in sentences, with one question for each fact."""

from __future__ import annotations

import random

from .tables import distinct
from .vocabulary import NAMES_EN, NAMES_ZH, Exercise, Vocabulary, random_hanzi

FACTS_EN = (
    ("lives in", "Where does {subject} live?"),
    ("works as", "What does {subject} work as?"),
    ("was born in", "When was {subject} born?"),
    ("bought", "What did {subject} buy?"),
    ("is from", "Where is {subject} from?"),
    ("likes", "What does {subject} like?"),
    ("is called", "What is {subject} called?"),
    ("costs", "How much does {subject} cost?"),
    ("weighs", "How much does {subject} weigh?"),
    ("opened in", "When did {subject} open?"),
    ("was founded by", "Who founded {subject}?"),
)
FACTS_ZH = (
    ("住在", "{subject}住在哪里？"),
    ("出生于", "{subject}出生于哪一年？"),
    ("买了", "{subject}买了什么？"),
    ("来自", "{subject}来自哪里？"),
    ("喜欢", "{subject}喜欢什么？"),
    ("叫做", "{subject}叫做什么？"),
    ("的价格是", "{subject}的价格是多少？"),
    ("重", "{subject}有多重？"),
    ("开业于", "{subject}开业于哪一年？"),
    ("的创始人是", "{subject}的创始人是谁？"),
)
MEASURES_EN = {"weighs": " kg", "costs": " dollars"}
MEASURES_ZH = {"重": "公斤", "的价格是": "元"}
YEARS_EN = ("was born in", "opened in")
YEARS_ZH = ("出生于", "开业于")


def sentences(rng: random.Random, vocabulary: Vocabulary, level: float) -> Exercise:
    chinese = rng.random() < 0.5
    count = rng.randint(2, max(2, round(2 + 5 * level)))
    facts = rng.sample(FACTS_ZH if chinese else FACTS_EN, min(count, 8))
    subject_of = _chinese_subject if chinese else _english_subject
    subjects = distinct(rng.randint(1, count), lambda: subject_of(rng, vocabulary, level))
    written, questions = [], []
    for predicate, question in facts:
        subject = rng.choice(subjects)
        answer = _chinese_object(rng, predicate, level) if chinese else _english_object(rng, vocabulary, predicate)
        capital = subject[0].upper() + subject[1:]
        written.append(f"{subject}{predicate}{answer}。" if chinese else f"{capital} {predicate} {answer}.")
        questions.append((question.format(subject=subject), answer))
    rng.shuffle(questions)
    return Exercise(("" if chinese else " ").join(written), questions)


def _chinese_subject(rng: random.Random, _vocabulary: Vocabulary, level: float) -> str:
    if rng.random() < max(0.4, 1 - level * 1.5):
        return rng.choice(NAMES_ZH)
    return random_hanzi(rng, 2, 4)


def _english_subject(rng: random.Random, vocabulary: Vocabulary, level: float) -> str:
    if rng.random() < max(0.5, 1 - level * 1.5):
        return rng.choice(NAMES_EN)
    return "the " + rng.choice(vocabulary.words)


def _chinese_object(rng: random.Random, predicate: str, level: float) -> str:
    if predicate in MEASURES_ZH:
        return _amount(rng) + MEASURES_ZH[predicate]
    if predicate in YEARS_ZH:
        return f"{rng.randint(1900, 2025)}年"
    return random_hanzi(rng, 1 if level < 0.3 else 2, max(2, round(4 * level)))


def _english_object(rng: random.Random, vocabulary: Vocabulary, predicate: str) -> str:
    if predicate in MEASURES_EN:
        return _amount(rng) + MEASURES_EN[predicate]
    if predicate in YEARS_EN:
        return str(rng.randint(1900, 2025))
    return " ".join(rng.choice(vocabulary.words) for _ in range(rng.randint(1, 2)))


def _amount(rng: random.Random) -> str:
    number = rng.randint(1, 10 ** rng.randint(1, 6))
    return f"{number:,}" if rng.random() < 0.6 else str(number)
