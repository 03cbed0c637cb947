"""Dialogues as token ids: the tokenizer, the chat form, and which tokens are learned."""

from __future__ import annotations

import random
from dataclasses import dataclass
from pathlib import Path

from tokenizers import Regex, Tokenizer, decoders, models, pre_tokenizers, trainers

from exercises.dialogue import Dialogue, dialogue
from exercises.vocabulary import Difficulty, Vocabulary

PAD, START, END = "<|pad|>", "<|im_start|>", "<|im_end|>"
PAD_ID, START_ID, END_ID = 0, 1, 2

CHAT_TEMPLATE = (
    "{% for message in messages %}"
    "{{ '<|im_start|>' + message['role'] + '\n' + message['content'] + '<|im_end|>' + '\n' }}"
    "{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}"
)

# Each digit is a piece of its own, so that numbers are copied and added digit by digit.
_PIECES = r"\d|[\u4e00-\u9fff]{1,4}| ?[A-Za-z]+|\s+|[^\sA-Za-z\d\u4e00-\u9fff]"

IGNORED = -100
"""Label of a token whose prediction is not an answer: cross_entropy's default."""


def train_tokenizer(vocabulary: Vocabulary, size: int) -> Tokenizer:
    """Byte-level BPE on 20,000 dialogues of a fixed seed."""
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(_PIECES), behavior="isolated"),
            pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False),
        ]
    )
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=size,
        special_tokens=[PAD, START, END],
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    rng = random.Random(99)
    dialogues = (dialogue(rng, vocabulary, Difficulty()) for _ in range(20_000))
    tokenizer.train_from_iterator((f"{user}\n{answer}" for made in dialogues for user, answer in made.turns), trainer)
    return tokenizer


def open_tokenizer(path: Path, vocabulary: Vocabulary, size: int) -> Tokenizer:
    """The tokenizer at `path`; trained and saved there first if there is none."""
    if not path.exists():
        train_tokenizer(vocabulary, size).save(str(path))
    return Tokenizer.from_file(str(path))


def chat_prompt(messages: list[dict[str, str]]) -> str:
    """What CHAT_TEMPLATE gives, with the beginning of the answer."""
    turns = (f"{START}{message['role']}\n{message['content']}{END}\n" for message in messages)
    return "".join(turns) + f"{START}assistant\n"


def first_messages(made: Dialogue) -> list[dict[str, str]]:
    """The system text, if any, and the first question with its text."""
    system = [{"role": "system", "content": made.system}] if made.system else []
    return [*system, {"role": "user", "content": made.turns[0][0]}]


@dataclass(frozen=True)
class Example:
    """Token ids, and for each the id to learn there or IGNORED. Same length."""

    ids: list[int]
    labels: list[int]


class ChatEncoder:
    """Encodes whole dialogues piece by piece, so that no token crosses the border of a turn."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        self._tokenizer = tokenizer
        self._newline = self.ids("\n")

    def ids(self, text: str) -> list[int]:
        return self._tokenizer.encode(text).ids

    def _opening(self, role: str) -> list[int]:
        return [START_ID, *self.ids(f"{role}\n")]

    def _closing(self) -> list[int]:
        return [END_ID, *self._newline]

    def question(self, user: str) -> list[int]:
        """One user turn and the beginning of the answer."""
        return [*self._opening("user"), *self.ids(user), *self._closing(), *self._opening("assistant")]

    def answer(self, text: str) -> list[int]:
        return [*self.ids(text), END_ID]

    def system(self, text: str | None) -> list[int]:
        return [*self._opening("system"), *self.ids(text), *self._closing()] if text else []

    def example(self, made: Dialogue, longest: int) -> Example:
        """As many turns as fit into `longest` tokens; only answers are labelled. May have none."""
        ids = self.system(made.system)
        labels = [IGNORED] * len(ids)
        for user, text in made.turns:
            question, answer = self.question(user), self.answer(text)
            if len(ids) + len(question) + len(answer) > longest:
                break
            ids += question + answer + self._newline
            labels += [IGNORED] * len(question) + answer + [IGNORED] * len(self._newline)
        return Example(ids, labels)
