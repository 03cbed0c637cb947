"""Sums of one step (and `a + b − c`), bare and in words."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass

from .vocabulary import NAMES_EN, NAMES_ZH, THINGS_EN, THINGS_ZH, Exercise


@dataclass(frozen=True)
class Form:
    """Questions of one operation. `numbers` draws a, b, … for the templates and gives the answer."""

    chance: float
    numbers: Callable[[random.Random, int, int], tuple[dict[str, int], int]]
    zh: tuple[str, ...]
    en: tuple[str, ...]


def _sum(_rng: random.Random, a: int, b: int) -> tuple[dict[str, int], int]:
    return {"a": a, "b": b}, a + b


def _difference(_rng: random.Random, a: int, b: int) -> tuple[dict[str, int], int]:
    a, b = max(a, b), min(a, b)
    return {"a": a, "b": b}, a - b


def _product(rng: random.Random, _a: int, _b: int) -> tuple[dict[str, int], int]:
    a, b = rng.randint(2, 12), rng.randint(2, 12)
    return {"a": a, "b": b}, a * b


def _quotient(rng: random.Random, _a: int, _b: int) -> tuple[dict[str, int], int]:
    a, b = rng.randint(2, 12), rng.randint(2, 12)
    return {"product": a * b, "b": b}, a


def _sum_less(rng: random.Random, _a: int, _b: int) -> tuple[dict[str, int], int]:
    a, b = rng.randint(1, 20), rng.randint(1, 20)
    c = rng.randint(1, a + b)
    return {"a": a, "b": b, "c": c}, a + b - c


FORMS = (
    Form(
        0.28,
        _sum,
        zh=("{a}+{b}=?", "{a} + {b} = ?", "{a} + {b} =", "计算 {a} + {b}", "{a}+{b}等于几？", "{a}加{b}等于多少？"),
        en=(
            "{a}+{b}=?",
            "{a} + {b} =",
            "What is {a} + {b}?",
            "What is {a} plus {b}?",
            "Compute {a} + {b}.",
            "Calculate {a}+{b}.",
        ),
    ),
    Form(
        0.52,
        _difference,
        zh=("{a}-{b}=?", "{a} - {b} =", "计算 {a} - {b}", "{a} − {b} = ?", "{a}减{b}等于多少？"),
        en=(
            "{a}-{b}=?",
            "{a} - {b} =",
            "What is {a} - {b}?",
            "What is {a} minus {b}?",
            "Compute {a} − {b}.",
            "Calculate {a}-{b}.",
        ),
    ),
    Form(
        0.62,
        _product,
        zh=("{a}*{b}=?", "{a} × {b} =", "{a}×{b}=?", "{a}乘以{b}等于多少？"),
        en=("{a}*{b}=?", "{a} × {b} =", "What is {a} times {b}?", "Compute {a} × {b}."),
    ),
    Form(
        0.68,
        _quotient,
        zh=("{product}÷{b}=?", "{product}除以{b}等于多少？"),
        en=("{product} ÷ {b} =", "What is {product} divided by {b}?"),
    ),
    Form(
        0.78,
        _sum,
        zh=(
            "{name}有{a}个{thing}，又买了{b}个，现在一共有多少个？",
            "{name}有{a}个{thing}，又得到{b}个。{name}现在有几个{thing}？",
        ),
        en=(
            "{name} has {a} {thing} and buys {b} more. How many {thing} does {name} have now?",
            "{name} had {a} {thing} and got {b} more. How many {thing} in total?",
        ),
    ),
    Form(
        0.88,
        _difference,
        zh=("{name}有{a}个{thing}，送出{b}个，还剩多少个？", "盒子里有{a}个{thing}，拿走{b}个，还剩几个？"),
        en=(
            "{name} has {a} {thing} and gives away {b}. How many are left?",
            "There are {a} {thing} in a box. {name} takes {b}. How many remain?",
        ),
    ),
    Form(
        0.94,
        _product,
        zh=("每个{thing}{a}元，买{b}个要多少元？", "一盒有{a}个{thing}，{b}盒一共有多少个？"),
        en=(
            "One of the {thing} costs {a} dollars. How much do {b} cost?",
            "A box holds {a} {thing}. How many {thing} are in {b} boxes?",
        ),
    ),
    Form(
        1.0,
        _sum_less,
        zh=("{a}+{b}-{c}=?", "{name}有{a}个{thing}，买了{b}个，又送出{c}个，现在有多少个？"),
        en=(
            "{a} + {b} - {c} =",
            "{name} has {a} {thing}, buys {b} and gives away {c}. How many does {name} have now?",
        ),
    ),
)
"""`chance` is cumulative: a form is taken where the drawn number is below it and not below the one before."""


def arithmetic(rng: random.Random, level: float) -> Exercise:
    chinese = rng.random() < 0.5
    questions = []
    for _ in range(rng.randint(6, 14)):
        drawn = rng.random()
        form = next(candidate for candidate in FORMS if drawn < candidate.chance)
        largest = rng.choice(_largest_numbers(level))
        a, b = rng.randint(1, largest), rng.randint(1, largest)
        name = rng.choice(NAMES_ZH if chinese else NAMES_EN)
        thing = rng.choice(THINGS_ZH if chinese else THINGS_EN)
        numbers, answer = form.numbers(rng, a, b)
        template = rng.choice(form.zh if chinese else form.en)
        questions.append((template.format(name=name, thing=thing, **numbers), str(answer)))
    return Exercise("", questions)


def _largest_numbers(level: float) -> tuple[int, ...]:
    if level < 0.34:
        return (20,)
    if level < 0.67:
        return (20, 99)
    return (20, 99, 99, 999)
