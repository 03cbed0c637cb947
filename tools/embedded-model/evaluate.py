"""How good an exported model is, and its golden tokens.

python3 evaluate.py DIR             prints the figures and what the model answers to each golden prompt
python3 evaluate.py DIR --check     compares them with DIR/golden.json; exits with 1 where they differ
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

from chat import END_ID, chat_prompt, first_messages
from exercises.dialogue import KINDS, Kind, dialogue
from exercises.vocabulary import WORD_LIST, Difficulty, Vocabulary

ABOUT = (
    "Greedy decoding in native ONNX Runtime (CPU, float32). gap: difference between the two best logits at each step; "
    "where it is small another correct device may take the other token."
)
SEED = 4242
CASES_OF_EACH_KIND = 300
MOST_PROMPT_TOKENS = 1_000
"""Within what the model was trained on (1,024 tokens)."""

ASKED = (
    "12+7=?",
    "小明有3个苹果，又买了4个，现在一共有多少个？",
    "Item  2023  2022 (USD)\nCash  1,204  998\nRevenue  35,100  31,877\n\nWhat was Revenue in 2023?",
    "项目\t2024年\t2023年（万元）\n收入\t8,120\t7,455\n净利润\t930\t812\n问题：2024年净利润是多少？",
    "Anna lives in the harbour. Ben bought a lantern.\nWhat did Ben buy?",
)
ASKED_OF_KIND: tuple[Kind, ...] = ("table", "pass", "arith", "table", "pass", "table")
"""Golden prompts: the fixed ones, then one generated for each of these."""


@dataclass(frozen=True)
class Decoded:
    ids: list[int]
    gaps: list[float]
    first_logits: list[list[float]]
    """[token id, logit] of the eight best at the first step."""


class Greedy:
    """Greedy decoding with a KV cache."""

    def __init__(self, folder: Path) -> None:
        config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
        self._layers = config["num_hidden_layers"]
        self._cache_shape = (1, config["num_key_value_heads"], 0, config["head_dim"])
        model = str(folder / "onnx" / "model.onnx")
        self._session = onnxruntime.InferenceSession(model, providers=["CPUExecutionProvider"])
        self._outputs = [output.name for output in self._session.get_outputs()]

    def __call__(self, prompt_ids: list[int], most: int = 32) -> Decoded:
        decoded = Decoded([], [], [])
        cache = {
            f"past_key_values.{layer}.{part}": np.zeros(self._cache_shape, np.float32)
            for layer in range(self._layers)
            for part in ("key", "value")
        }
        ids, length = prompt_ids, len(prompt_ids)
        while len(decoded.ids) < most:
            feed = {"input_ids": np.array([ids]), "attention_mask": np.ones((1, length), np.int64), **cache}
            output = dict(zip(self._outputs, self._session.run(None, feed), strict=True))
            logits = output.pop("logits")[0, -1]
            best = np.argsort(logits)[::-1]
            if not decoded.ids:
                decoded.first_logits.extend([int(i), round(float(logits[i]), 4)] for i in best[:8])
            decoded.ids.append(int(best[0]))
            decoded.gaps.append(round(float(logits[best[0]] - logits[best[1]]), 3))
            if best[0] == END_ID:
                break
            cache = {name.replace("present", "past_key_values"): value for name, value in output.items()}
            ids, length = [int(best[0])], length + 1
        return decoded


def measure(folder: Path, vocabulary: Vocabulary) -> dict[str, object]:
    """The content of golden.json for the model in `folder`."""
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    greedy = Greedy(folder)
    rng = random.Random(SEED)
    score = {kind: exact_matches(greedy, tokenizer, vocabulary, rng, kind) for kind in KINDS}
    generated = [dialogue(rng, vocabulary, Difficulty(), kind).turns[0][0] for kind in ASKED_OF_KIND]
    cases = [golden_case(greedy, tokenizer, user) for user in [*ASKED, *generated]]
    return {"about": ABOUT, "exactMatch": score, "cases": cases}


def exact_matches(greedy: Greedy, tokenizer: Tokenizer, vocabulary: Vocabulary, rng: random.Random, kind: Kind) -> str:
    """Fresh dialogues at full difficulty; the whole first answer must be equal. "right/of"."""
    right = of = 0
    while of < CASES_OF_EACH_KIND:
        made = dialogue(rng, vocabulary, Difficulty(), kind)
        ids = prompt_ids(tokenizer, first_messages(made))
        if len(ids) > MOST_PROMPT_TOKENS:
            continue
        of += 1
        right += tokenizer.decode(greedy(ids).ids).strip() == made.turns[0][1]
    return f"{right}/{of}"


def golden_case(greedy: Greedy, tokenizer: Tokenizer, user: str) -> dict[str, object]:
    messages = [{"role": "user", "content": user}]
    ids = prompt_ids(tokenizer, messages)
    decoded = greedy(ids)
    return {
        "messages": messages,
        "prompt": chat_prompt(messages),
        "promptIds": ids,
        "greedyIds": decoded.ids,
        "text": tokenizer.decode(decoded.ids),
        "gap": decoded.gaps,
        "firstLogits": decoded.first_logits,
    }


def prompt_ids(tokenizer: Tokenizer, messages: list[dict[str, str]]) -> list[int]:
    return tokenizer.encode(chat_prompt(messages), add_special_tokens=False).ids


def differences(measured: dict, golden: dict) -> list[str]:
    """Where tokens or figures are not equal. Logits are left out: they differ in the last digits between CPUs."""
    found = []
    if measured["exactMatch"] != golden["exactMatch"]:
        found.append(f"exact matches: {measured['exactMatch']}, golden {golden['exactMatch']}")
    for index, (mine, theirs) in enumerate(zip(measured["cases"], golden["cases"], strict=True)):
        for key in ("prompt", "promptIds", "greedyIds", "text"):
            if mine[key] != theirs[key]:
                found.append(f"case {index}, {key}: {mine[key]!r}, golden {theirs[key]!r}")
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--words", type=Path, default=WORD_LIST)
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    measured = measure(options.folder, Vocabulary.load(options.words))
    print("exact match", measured["exactMatch"])
    for case in measured["cases"]:
        print(len(case["promptIds"]), repr(case["messages"][0]["content"][-50:]), "->", case["text"])
    if not options.check:
        return 0
    golden = json.loads((options.folder / "golden.json").read_text(encoding="utf-8"))
    found = differences(measured, golden)
    print("\n".join(found) or "equal to golden.json")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
