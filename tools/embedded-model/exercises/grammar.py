"""What the generator could ever write, as patterns: its own templates with every slot widened.

Widened means: any label of the generator's form, any company, any number, not only those of some seed or word list.
So the patterns accept everything that the generator can produce and somewhat more, and a text that they refuse cannot
come from it, whatever the seed.
"""

from __future__ import annotations

import re
import unicodedata

from . import arithmetic, sentences, tables
from .vocabulary import (
    COMPANY_ENDINGS_EN,
    COMPANY_ENDINGS_ZH,
    LABELS_EN,
    LABELS_ZH,
    UNITS_EN,
    UNITS_ZH,
)

_HANZI = "[\u4e00-\u9fff]"


def normalise(text: str) -> str:
    """What makes two texts the same exercise: width, case, spaces, kinds of minus and times, final marks do not."""
    text = unicodedata.normalize("NFKC", text).casefold()
    text = text.translate(str.maketrans({"−": "-", "–": "-", "*": "×", "/": "÷", "，": ",", "。": "."}))
    text = re.sub(r"\s+", " ", text)
    text = re.sub(r" ?([-+×÷=?.,:()]) ?", r"\1", text)
    return text.strip().rstrip("?=.")


def _any_of(options: tuple[str, ...]) -> str:
    return "|".join(re.escape(normalise(option)) for option in sorted(options, key=len, reverse=True))


def _any_ending(options: tuple[str, ...]) -> str:
    # The space in " Inc" separates: it must stay.
    return "|".join(re.escape(option.casefold()) for option in options)


_WORD = r"[a-zà-ɏ]{2,}"  # the word list has "matériel" and the like
_NUMBER = r"\(?\d[\d,]*(?:\.\d+)?%?\)?"

# The keys are the names of the slots in the templates.
_SLOTS_ZH = {
    "label": f"(?:{_any_of(LABELS_ZH)}|{_HANZI}{{2,5}})",
    "company": f"{_HANZI}{{2,4}}(?:{_any_ending(COMPANY_ENDINGS_ZH)})",
    "unit": f"(?:{_any_of(UNITS_ZH)})",
    "subject": f"{_HANZI}{{2,4}}",
    "name": f"{_HANZI}{{2,4}}",
    "thing": f"{_HANZI}{{1,3}}",
}
_SLOTS_EN = {
    "label": f"(?:{_any_of(LABELS_EN)}|{_WORD}(?: {_WORD}){{0,2}})",
    "company": f"{_WORD}(?:{_any_ending(COMPANY_ENDINGS_EN)})",
    "unit": f"(?:{_any_of(UNITS_EN)})",
    "subject": f"(?:the )?{_WORD}",
    "name": _WORD,
    "thing": _WORD,
}
_SLOTS_BOTH = {"year": r"\d{4}", "a": r"\d+", "b": r"\d+", "c": r"\d+", "product": r"\d+"}


def _pattern(template: str, slots: dict[str, str]) -> str:
    """The template as a regular expression over normalised text."""
    pieces = re.split(r"\{(\w+)\}", template)
    # A placeholder keeps normalise() from trimming the piece that stands before a slot.
    marked = "".join(f"\x00{piece}\x00" if index % 2 else piece for index, piece in enumerate(pieces))
    parts = re.split(r"\x00(\w+)\x00", normalise(marked))
    return "".join({**slots, **_SLOTS_BOTH}[part] if index % 2 else re.escape(part) for index, part in enumerate(parts))


def _patterns(templates_zh: tuple[str, ...], templates_en: tuple[str, ...]) -> list[str]:
    chinese = [_pattern(template, _SLOTS_ZH) for template in templates_zh]
    return chinese + [_pattern(template, _SLOTS_EN) for template in templates_en]


_QUESTIONS = [
    *_patterns(tables.QUESTIONS_ZH, tables.QUESTIONS_EN),
    *_patterns(
        tuple(question for _, question in sentences.FACTS_ZH), tuple(question for _, question in sentences.FACTS_EN)
    ),
    *(pattern for form in arithmetic.FORMS for pattern in _patterns(form.zh, form.en)),
]
_QUESTION = re.compile("|".join(f"(?:{pattern})" for pattern in _QUESTIONS))


def is_generated_question(question: str) -> bool:
    return _QUESTION.fullmatch(normalise(question)) is not None


def _sentence(facts: tuple[tuple[str, str], ...], slots: dict[str, str], space: str, answer: str) -> str:
    predicates = "|".join(re.escape(predicate) for predicate, _ in facts)
    return f"{slots['subject']}{space}(?:{predicates}){space}{answer}"


_FACT_ZH = _sentence(sentences.FACTS_ZH, _SLOTS_ZH, "", rf"(?:[\d,]+(?:公斤|元|年)|{_HANZI}{{1,4}})")
_FACT_EN = _sentence(sentences.FACTS_EN, _SLOTS_EN, " ", rf"(?:[\d,]+(?: kg| dollars)?|{_WORD}(?: {_WORD})?)")
_SENTENCES = re.compile(rf"{_FACT_ZH}(?:\.{_FACT_ZH})*|{_FACT_EN}(?:\.{_FACT_EN})*")


def _table_lines(slots: dict[str, str], corner: str, year: str, templates: tuple[str, ...]) -> list[str]:
    separator = r"(?: |\||,|:|;)+"
    years = f"(?:{separator}{year})" + "{1,3}"
    return [
        *(_pattern(template, slots) for template in templates),
        rf"(?:{corner})?{years}\({slots['unit']}\)",
        rf"\|? ?(?:{corner})?{years} ?\|?",
        r"(?:\| ?-+ ?)+\|",
        rf"{slots['label']}:?",
        rf"\|? ?{slots['label']}(?:{separator}{_NUMBER}){{1,3}} ?\|?",
    ]


_TABLE_LINE = re.compile(
    "|".join(
        f"(?:{line})"
        for line in [
            *_table_lines(
                _SLOTS_ZH, tables.CORNER_ZH, r"\d{4}年?", (tables.TITLE_ZH, tables.UNIT_LINE_ZH, tables.SOURCE_ZH)
            ),
            *_table_lines(
                _SLOTS_EN,
                tables.CORNER_EN.casefold(),
                r"\d{4}",
                (tables.TITLE_EN, tables.UNIT_LINE_EN, tables.SOURCE_EN),
            ),
        ]
    )
)


def _table_line(line: str) -> str:
    # The tab is a separator, and at the beginning of a heading it stands for an empty corner.
    return normalise(re.sub(r"\t|  ", " | ", line) if line.strip() else line).replace(" | ", "|")


def is_generated_text(text: str) -> bool:
    """Whether the whole text could be one of the generator's: all its lines table lines, or all of it facts."""
    lines = [line for line in text.split("\n") if line.strip()]
    if all(_TABLE_LINE.fullmatch(_table_line(line)) for line in lines):
        return True
    return _SENTENCES.fullmatch(normalise(text)) is not None
