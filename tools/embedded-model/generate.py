"""Prints dialogues, to look at or to compare: one JSON object on each line.

python3 generate.py [--count 9] [--seed 1] [--kind table] [--level 0.5] [--words FILE]
"""

from __future__ import annotations

import argparse
import json
import random
from dataclasses import asdict
from pathlib import Path

from exercises.dialogue import KINDS, dialogue
from exercises.vocabulary import WORD_LIST, Difficulty, Vocabulary


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=9)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--kind", choices=KINDS, help="default: all kinds, drawn at random")
    parser.add_argument("--level", type=float, default=1.0, help="difficulty of all kinds, 0 to 1")
    parser.add_argument("--words", type=Path, default=WORD_LIST, help="word list, one word on a line")
    options = parser.parse_args()
    rng = random.Random(options.seed)
    vocabulary = Vocabulary.load(options.words)
    difficulty = Difficulty(options.level, options.level, options.level)
    for _ in range(options.count):
        print(json.dumps(asdict(dialogue(rng, vocabulary, difficulty, options.kind)), ensure_ascii=False))


if __name__ == "__main__":
    main()
