"""Trains the model from a random start or from a checkpoint, for a given number of minutes, on the CPU.

python3 train.py --out DIR [--minutes 60] [--init CHECKPOINT] …     see README.md for the commands that were used

Writes DIR/tokenizer.json (if it is not there) and DIR/checkpoint.pt. The learning rate follows a cosine over the
time, not over the steps, so the result depends on the machine: a rerun gives a model as good, not the same one.
"""

from __future__ import annotations

import argparse
import math
import random
import time
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import Tensor

from chat import IGNORED, PAD_ID, ChatEncoder, Example, open_tokenizer
from curriculum import Batches, Curriculum
from exercises.dialogue import KINDS, Kind, dialogue
from exercises.vocabulary import WORD_LIST, Difficulty, Vocabulary
from model import LanguageModel, Shape

WARM_UP_STEPS = 200
LEAST_RATE = 0.05
"""Share of the learning rate that is left at the end."""


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, required=True, help="folder of tokenizer and checkpoint")
    parser.add_argument("--init", type=Path, help="checkpoint to go on from")
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--seed", type=int, default=0, help="of the dialogues")
    parser.add_argument("--words", type=Path, default=WORD_LIST)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--no-compile", action="store_true", help="where there is no C++ compiler")
    parser.add_argument("--batch", type=int, default=12, help="dialogues in a batch (twice as many sums)")
    parser.add_argument("--longest", type=int, default=512, help="most tokens of a dialogue")
    parser.add_argument("--rate", type=float, default=3e-3, help="learning rate after the warm-up")
    parser.add_argument("--text-weight", type=float, default=0.25, help="weight of predicting what is not an answer")
    parser.add_argument("--text-share", type=float, default=0.15, help="share of such tokens that is looked at")
    parser.add_argument("--easy-loss", type=float, default=0.6, help="reading gets harder below this loss")
    parser.add_argument("--tables", type=float, default=0.05, help="difficulty of tables at the start, 0 to 1")
    parser.add_argument("--sentences", type=float, default=0.0)
    parser.add_argument("--arithmetic", type=float, default=0.0)
    for field, value in asdict(Shape()).items():
        parser.add_argument(f"--{field.replace('_', '-')}", type=int, default=value, help="shape of the network")
    return parser.parse_args()


def main() -> None:
    options = arguments()
    torch.set_num_threads(options.threads)
    torch.manual_seed(0)
    options.out.mkdir(parents=True, exist_ok=True)
    vocabulary = Vocabulary.load(options.words)
    tokenizer = open_tokenizer(options.out / "tokenizer.json", vocabulary, options.vocabulary)
    encoder = ChatEncoder(tokenizer)
    shape = Shape(
        tokenizer.get_vocab_size(), options.width, options.layers, options.heads, options.kv_heads, options.inner
    )
    model = LanguageModel(shape)
    if options.init:
        model.load_state_dict(torch.load(options.init)["weights"])
    print(f"{sum(p.numel() for p in model.parameters()) / 1e6:.3f} M parameters, {shape}", flush=True)

    difficulty = Difficulty(options.tables, options.sentences, options.arithmetic)
    curriculum = Curriculum(difficulty, options.easy_loss)
    rng = random.Random(options.seed)
    batches = Batches(rng, vocabulary, encoder, curriculum, options.batch, options.longest)
    train(model, batches, curriculum, options, lambda: exact_answers(model, encoder, vocabulary, options.longest))
    save(model, options.out)
    print("final", exact_answers(model, encoder, vocabulary, options.longest, 400))


def train(
    model: LanguageModel,
    batches: Batches,
    curriculum: Curriculum,
    options: argparse.Namespace,
    measure: Callable[[], dict[Kind, str]],
) -> None:
    """Runs until the time is up; prints a line every 200 steps, saves and measures every 1,000."""
    optimizer = torch.optim.AdamW(model.parameters(), lr=options.rate, fused=True, betas=(0.9, 0.95), weight_decay=0.05)
    hidden = model.hidden if options.no_compile else torch.compile(model.hidden, dynamic=True)
    started, tokens = time.monotonic(), 0
    losses: dict[Kind, float] = {}
    for step, (kind, examples) in enumerate(batches, start=1):
        elapsed = (time.monotonic() - started) / 60
        if elapsed > options.minutes:
            return
        rate = learning_rate(options.rate, step, elapsed / options.minutes)
        for group in optimizer.param_groups:
            group["lr"] = rate
        ids, labels, lengths = padded(examples)
        answer_loss, text_loss = batch_losses(model, hidden, ids, labels, lengths, options.text_share)
        optimizer.zero_grad(set_to_none=True)
        (answer_loss + options.text_weight * text_loss).backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()

        tokens += ids.numel()
        losses[kind] = answer_loss.item() if kind not in losses else 0.97 * losses[kind] + 0.03 * answer_loss.item()
        if step % 20 == 0 and step > 100:
            curriculum.raise_where_easy(losses)
        if step % 200 == 0:
            shown = {name: round(loss, 3) for name, loss in losses.items()}
            print(f"step {step} min {elapsed:.1f} loss {shown} tokens {tokens / 1e6:.1f}M", end=" ")
            print(f"rate {rate:.1e} {curriculum.difficulty} text {text_loss.item():.2f}", flush=True)
        if step % 1000 == 0:
            save(model, options.out)
            print("exact", measure(), flush=True)


def learning_rate(rate: float, step: int, done: float) -> float:
    """Linear warm-up, then a cosine from `rate` to 5 % of it. `done`: share of the time, 0 to 1."""
    warm = min(1.0, step / WARM_UP_STEPS)
    return rate * warm * (LEAST_RATE + (1 - LEAST_RATE) * 0.5 * (1 + math.cos(math.pi * done)))


def padded(examples: list[Example]) -> tuple[Tensor, Tensor, Tensor]:
    """(batch, tokens) ids and labels, padded to a multiple of 32 tokens, and (batch) lengths."""
    longest = (max(len(example.ids) for example in examples) + 31) // 32 * 32
    ids = torch.full((len(examples), longest), PAD_ID, dtype=torch.long)
    labels = torch.full((len(examples), longest), IGNORED, dtype=torch.long)
    for row, example in enumerate(examples):
        ids[row, : len(example.ids)] = torch.tensor(example.ids)
        labels[row, : len(example.labels)] = torch.tensor(example.labels)
    return ids, labels, torch.tensor([len(example.ids) for example in examples])


def batch_losses(
    model: LanguageModel,
    hidden: Callable[[Tensor], Tensor],
    ids: Tensor,
    labels: Tensor,
    lengths: Tensor,
    text_share: float,
) -> tuple[Tensor, Tensor]:
    """Mean cross-entropy of the answers' tokens, and of a random share of all other tokens."""
    with torch.autocast("cpu", torch.bfloat16):
        h = hidden(ids)[:, :-1]
    wanted = labels[:, 1:]
    answers = wanted != IGNORED
    inside = torch.arange(1, ids.shape[1])[None] < lengths[:, None]
    text = inside & ~answers & (torch.rand(answers.shape) < text_share)
    head = model.embed.weight.T.to(h.dtype)
    answer_loss = F.cross_entropy((h[answers] @ head).float(), wanted[answers])
    text_loss = F.cross_entropy((h[text] @ head).float(), ids[:, 1:][text])
    return answer_loss, text_loss


@torch.no_grad()
def exact_answers(
    model: LanguageModel, encoder: ChatEncoder, vocabulary: Vocabulary, longest: int, count: int = 150
) -> dict[Kind, str]:
    """First answers that greedy decoding would give in full, over fixed dialogues at full difficulty: "right/of"."""
    model.eval()
    rng = random.Random(12345)
    right, of = dict.fromkeys(KINDS, 0), dict.fromkeys(KINDS, 0)
    for index in range(count):
        kind = KINDS[index % len(KINDS)]
        made = dialogue(rng, vocabulary, Difficulty(), kind)
        user, text = made.turns[0]
        prompt, answer = [*encoder.system(made.system), *encoder.question(user)], encoder.answer(text)
        if len(prompt) > longest:
            continue
        h = model.hidden(torch.tensor([prompt + answer[:-1]]))[0, len(prompt) - 1 :]
        right[kind] += (h @ model.embed.weight.T).argmax(-1).tolist() == answer
        of[kind] += 1
    model.train()
    return {kind: f"{right[kind]}/{of[kind]}" for kind in KINDS}


def save(model: LanguageModel, folder: Path) -> None:
    torch.save({"shape": asdict(model.shape), "weights": model.state_dict()}, folder / "checkpoint.pt")


if __name__ == "__main__":
    main()
