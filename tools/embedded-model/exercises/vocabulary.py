"""The words that exercises are made of."""

from __future__ import annotations

import random
from dataclasses import dataclass
from pathlib import Path

WORD_LIST = Path("/usr/share/dict/words")  # Debian package wamerican (2020.12.07-2)

LABELS_EN = (
    "Revenue", "Net profit", "Gross profit", "Cost of sales", "Operating income", "Total assets", "Total liabilities",
    "Staff costs", "Marketing expenses", "R&D expenses", "Depreciation", "Finance costs", "Income tax",
    "Product sales", "Service income", "Logistics expenses", "Audit fees", "Cash", "Inventory", "Trade receivables",
    "Goodwill", "Interest income", "Other income", "Dividends", "Share capital",
)  # fmt: skip

# The traditional ones are row labels of the table in seed document 003: see "Overlap" in README.md.
LABELS_ZH = (
    "收入", "营业收入", "净利润", "毛利", "销售成本", "营业利润", "总资产", "总负债", "员工成本", "营销费用",
    "研发费用", "折旧", "财务费用", "所得税", "商品收入", "服务收入", "物流费用", "审计费", "现金", "存货",
    "应收账款", "商誉", "利息收入", "其他收入", "股息", "股本", "收入總額", "員工福利開支", "物流與倉儲服務開支",
    "推廣及廣告開支", "支付服務開支", "核數師酬金", "已出售存貨的成本", "除稅前盈利",
)  # fmt: skip

UNITS_EN = ("thousand yuan", "million dollars", "thousand RMB", "million euros", "USD", "RMB million")
UNITS_ZH = ("千元", "万元", "百万元", "人民幣千元", "亿元", "元")

COMPANY_ENDINGS_EN = (" Inc", " Group", " Ltd", "")
COMPANY_ENDINGS_ZH = ("公司", "集团", "健康", "科技")

NAMES_EN = (
    "Anna", "Ben", "Carla", "David", "Emma", "Frank", "Grace", "Henry", "Iris", "Jack", "Karen", "Leo", "Mia",
    "Noah", "Olga", "Peter", "Quinn", "Rosa", "Sam", "Tina", "Tom", "Lucy", "Mary", "John", "Alice", "Bob",
)  # fmt: skip
NAMES_ZH = (
    "小明", "小红", "小华", "李雷", "韩梅梅", "张伟", "王芳", "刘洋", "陈静", "赵强", "小丽", "小刚",
)  # fmt: skip

THINGS_EN = ("apples", "books", "pens", "coins", "marbles", "stamps", "cards", "eggs", "cups", "tickets")
THINGS_ZH = ("苹果", "书", "笔", "硬币", "弹珠", "邮票", "卡片", "鸡蛋", "杯子", "票")


def _level_one_hanzi() -> tuple[str, ...]:
    """The 3,755 characters of GB 2312 level 1, in the order of their codes."""
    found = []
    for high in range(0xB0, 0xD8):
        for low in range(0xA1, 0xFF):
            try:
                found.append(bytes([high, low]).decode("gb2312"))
            except UnicodeDecodeError:  # the last row is not full
                continue
    return tuple(found)


HANZI = _level_one_hanzi()


@dataclass(frozen=True)
class Vocabulary:
    """English filler words; everything else is fixed above."""

    words: tuple[str, ...]

    @classmethod
    def load(cls, path: Path = WORD_LIST) -> Vocabulary:
        """12,000 lower-case words of 3 to 9 letters, chosen and ordered by a fixed seed."""
        if not path.exists():
            raise FileNotFoundError(f"{path} is missing: install the Debian package wamerican")
        lines = (line.strip() for line in path.read_text(encoding="utf-8").splitlines())
        words = [word for word in lines if word.isalpha() and word.islower() and 3 <= len(word) <= 9]
        random.Random(7).shuffle(words)
        return cls(tuple(words[:12000]))


@dataclass(frozen=True)
class Difficulty:
    """How hard exercises of each kind are, from 0 (easiest) to 1: size, rare words, large numbers."""

    tables: float = 1.0
    sentences: float = 1.0
    arithmetic: float = 1.0


@dataclass(frozen=True)
class Exercise:
    """A text ("" for sums) and questions on it with their answers."""

    text: str
    questions: list[tuple[str, str]]


def random_hanzi(rng: random.Random, least: int, most: int) -> str:
    return "".join(rng.choice(HANZI) for _ in range(rng.randint(least, most)))
