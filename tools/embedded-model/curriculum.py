"""What the training reads next, and how hard it is."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace

from chat import IGNORED, ChatEncoder, Example
from exercises.dialogue import Kind, dialogue
from exercises.vocabulary import Difficulty, Vocabulary

KIND_WEIGHTS: dict[Kind, int] = {"table": 42, "pass": 24, "arith": 34}
_FIELD: dict[Kind, str] = {"table": "tables", "pass": "sentences", "arith": "arithmetic"}
_STEP = 0.01


@dataclass
class Curriculum:
    """Exercises get harder, each kind by itself, while the model answers those at hand well enough."""

    difficulty: Difficulty
    reading_loss: float
    """A kind of reading is raised while its running loss is below this."""
    arithmetic_loss: float = 0.25

    def raise_where_easy(self, losses: dict[Kind, float]) -> None:
        for kind, field in _FIELD.items():
            bound = self.arithmetic_loss if kind == "arith" else self.reading_loss
            if losses.get(kind, float("inf")) < bound:
                raised = min(1.0, getattr(self.difficulty, field) + _STEP)
                self.difficulty = replace(self.difficulty, **{field: raised})


class Batches:
    """Endless batches of examples of one kind and of similar length."""

    def __init__(
        self,
        rng: random.Random,
        vocabulary: Vocabulary,
        encoder: ChatEncoder,
        curriculum: Curriculum,
        size: int,
        longest: int,
    ) -> None:
        self._rng = rng
        self._vocabulary = vocabulary
        self._encoder = encoder
        self._curriculum = curriculum
        self._size = size
        self._longest = longest

    def __iter__(self) -> Iterator[tuple[Kind, list[Example]]]:
        while True:
            kind = self._rng.choices(list(KIND_WEIGHTS), list(KIND_WEIGHTS.values()))[0]
            # Sums are short: twice as many fit into the same time.
            size = self._size * 2 if kind == "arith" else self._size
            examples = sorted(self._examples(kind, size * 4), key=lambda example: len(example.ids))
            batches = [examples[start : start + size] for start in range(0, len(examples), size)]
            self._rng.shuffle(batches)
            for batch in batches:
                yield kind, batch

    def _examples(self, kind: Kind, count: int) -> list[Example]:
        found: list[Example] = []
        while len(found) < count:
            made = dialogue(self._rng, self._vocabulary, self._curriculum.difficulty, kind)
            example = self._encoder.example(made, self._longest)
            if any(label != IGNORED for label in example.labels):
                found.append(example)
        return found
