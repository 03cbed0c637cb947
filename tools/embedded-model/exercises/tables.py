"""Tables like those of annual reports: rows by years, in several layouts, with questions for one cell."""

from __future__ import annotations

import random
from collections.abc import Callable

from .vocabulary import (
    COMPANY_ENDINGS_EN,
    COMPANY_ENDINGS_ZH,
    LABELS_EN,
    LABELS_ZH,
    UNITS_EN,
    UNITS_ZH,
    Exercise,
    Vocabulary,
    random_hanzi,
)

QUESTIONS_ZH = (
    "{year}年{label}是多少？",
    "{company}{year}年{label}",
    "{year}年的{label}是多少",
    "请问{year}年{label}为多少{unit}？",
    "{label}在{year}年是多少？",
    "{year}年{label}",
    "{year}年，{label}是多少{unit}？",
    "在{year}年，{company}的{label}是多少？",
    "{company}的{label}在{year}年为多少？",
)
QUESTIONS_EN = (
    "What was {label} in {year}?",
    "{label} in {year}?",
    "What is the {year} value of {label}?",
    "How much was {label} in {year}, in {unit}?",
    "Find {label} for {year}.",
    "According to the table, what was {label} in {year}?",
    "How many {unit} was {label} in {year}?",
    "What did {company} report as {label} in {year}?",
    "{year}: {label}?",
)
TITLE_ZH, TITLE_EN = "{company}{year}年年度报告", "{company} annual report {year}"
UNIT_LINE_ZH, UNIT_LINE_EN = "单位：{unit}", "Unit: {unit}"
SOURCE_ZH, SOURCE_EN = "以上是{company}的数据。", "Source: {company}."
CORNER_ZH, CORNER_EN = "项目", "Item"
SEPARATORS_ONE_YEAR = ("\t", " | ", "  ", ", ", ": ")
SEPARATORS = ("\t", " | ", "  ", "; ", "\t")


def table(rng: random.Random, vocabulary: Vocabulary, level: float) -> Exercise:
    chinese = rng.random() < 0.5
    if rng.random() < 0.82:
        height = rng.randint(2, max(2, round(2 + 7 * level)))
    else:
        height = rng.randint(8, 18)
    labels = distinct(height, lambda: _label(rng, vocabulary, level, chinese))
    latest = rng.randint(2015, 2025)
    width = rng.choice((1, 2, 2, 2, 3)) if rng.random() < level else 1
    years = [latest - back for back in range(width)]
    if rng.random() < 0.2:
        years.reverse()
    separator = rng.choice(SEPARATORS_ONE_YEAR if width == 1 else SEPARATORS)
    cells = {(label, year): _number(rng, level) for label in labels for year in years}
    unit = rng.choice(UNITS_ZH if chinese else UNITS_EN)
    company = _company(rng, vocabulary, chinese)
    lines, markdown = _head(rng, level, chinese, separator, years, unit, company, latest)
    sections = rng.random() < 0.2
    for label in labels:
        if sections and rng.random() < 0.2:
            lines.append(_label(rng, vocabulary, level, chinese) + ("：" if chinese else ":"))
        row = [label] + [cells[label, year] for year in years]
        lines.append(_markdown_row(row) if markdown else separator.join(row))
    if rng.random() < 0.15:
        lines.append((SOURCE_ZH if chinese else SOURCE_EN).format(company=company))
    questions = []
    for _ in range(rng.randint(3, 7)):
        label, year = rng.choice(labels), rng.choice(years)
        template = rng.choice(QUESTIONS_ZH if chinese else QUESTIONS_EN)
        question = template.format(label=label, year=year, unit=unit, company=company)
        questions.append((question, cells[label, year]))
    return Exercise("\n".join(lines), questions)


def _head(
    rng: random.Random,
    level: float,
    chinese: bool,
    separator: str,
    years: list[int],
    unit: str,
    company: str,
    latest: int,
) -> tuple[list[str], bool]:
    """The lines above the first row, and whether the rows are Markdown."""
    columns = [str(year) + ("年" if chinese and rng.random() < 0.7 else "") for year in years]
    corners = ("", CORNER_ZH if chinese else CORNER_EN)
    lines = []
    if rng.random() < 0.8 * min(1, level * 3):
        lines.append((TITLE_ZH if chinese else TITLE_EN).format(company=company, year=latest))
    stated_unit = f"（{unit}）" if chinese else f" ({unit})"
    lines.append(separator.join([rng.choice(corners), *columns]) + stated_unit)
    markdown = rng.random() < 0.15
    if markdown:
        lines[-1] = _markdown_row([rng.choice(corners), *columns])
        lines.append("|" + " --- |" * (len(years) + 1))
        if rng.random() < 0.5:
            lines.insert(0, (UNIT_LINE_ZH if chinese else UNIT_LINE_EN).format(unit=unit))
    return lines, markdown


def _markdown_row(cells: list[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _company(rng: random.Random, vocabulary: Vocabulary, chinese: bool) -> str:
    if chinese:
        return random_hanzi(rng, 2, 4) + rng.choice(COMPANY_ENDINGS_ZH)
    return rng.choice(vocabulary.words).capitalize() + rng.choice(COMPANY_ENDINGS_EN)


def _label(rng: random.Random, vocabulary: Vocabulary, level: float, chinese: bool) -> str:
    """A usual item of accounts, or a random one so that the model reads instead of remembering."""
    if rng.random() < max(0.45, 1 - level * 1.5):
        return rng.choice(LABELS_ZH if chinese else LABELS_EN)
    if chinese:
        return random_hanzi(rng, 2, 5)
    words = " ".join(rng.choice(vocabulary.words) for _ in range(rng.randint(1, 3)))
    return words.capitalize() if rng.random() < 0.5 else words


def _number(rng: random.Random, level: float) -> str:
    """As printed in a table: plain, with separators, a decimal, a percentage, or a loss in parentheses."""
    form = rng.random()
    if rng.random() > level:
        return str(rng.randint(1, 999))
    if form < 0.06:
        return f"{rng.randint(1, 99)}.{rng.randint(0, 9)}%"
    if form < 0.12:
        return f"{rng.randint(1, 999)}.{rng.randint(0, 99):02d}"
    if form < 0.16:
        return f"({rng.randint(1000, 9999999):,})"
    size = rng.random()
    if size < 0.25:
        number = rng.randint(1, 999)
    elif size < 0.5:
        number = rng.randint(1000, 99999)
    else:
        number = rng.randint(100000, 99999999)
    return f"{number:,}" if rng.random() < 0.8 else str(number)


def distinct(count: int, make: Callable[[], str]) -> list[str]:
    """The first `count` different values that `make` gives."""
    found: list[str] = []
    while len(found) < count:
        value = make()
        if value not in found:
            found.append(value)
    return found
