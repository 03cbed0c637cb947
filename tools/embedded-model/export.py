"""A checkpoint as a model that transformers.js loads: ONNX (float32), tokenizer, configuration, golden tokens.

python3 export.py TRAINED_DIR OUT_DIR       TRAINED_DIR is what train.py wrote
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import onnx
import torch

from chat import CHAT_TEMPLATE, END, END_ID, PAD, PAD_ID, START, START_ID
from evaluate import measure
from exercises.vocabulary import WORD_LIST, Vocabulary
from model import MOST_POSITIONS, NORM_EPSILON, ROPE_THETA, Shape
from onnx_graph import build


def configuration(shape: Shape) -> dict[str, object]:
    return {
        "architectures": ["LlamaForCausalLM"],
        "model_type": "llama",
        "hidden_act": "silu",
        "hidden_size": shape.width,
        "intermediate_size": shape.inner,
        "num_hidden_layers": shape.layers,
        "num_attention_heads": shape.heads,
        "num_key_value_heads": shape.kv_heads,
        "head_dim": shape.head_width,
        "rms_norm_eps": NORM_EPSILON,
        "rope_theta": ROPE_THETA,
        "max_position_embeddings": MOST_POSITIONS,
        "bos_token_id": START_ID,
        "eos_token_id": END_ID,
        "pad_token_id": PAD_ID,
        "tie_word_embeddings": True,
        "vocab_size": shape.vocabulary,
        "torch_dtype": "float32",
    }


GENERATION = {"bos_token_id": START_ID, "eos_token_id": END_ID, "pad_token_id": PAD_ID, "do_sample": False}

TOKENIZER_CONFIGURATION = {
    "tokenizer_class": "PreTrainedTokenizerFast",
    "model_max_length": MOST_POSITIONS,
    "bos_token": START,
    "eos_token": END,
    "pad_token": PAD,
    "clean_up_tokenization_spaces": False,
    "chat_template": CHAT_TEMPLATE,
}


def write_json(path: Path, value: object, indent: int | None = 1) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=indent), encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("trained", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--words", type=Path, default=WORD_LIST)
    options = parser.parse_args()
    checkpoint = torch.load(options.trained / "checkpoint.pt")
    shape = Shape(**checkpoint["shape"])
    weights = {name: value.float().numpy() for name, value in checkpoint["weights"].items()}

    path = options.out / "onnx" / "model.onnx"
    path.parent.mkdir(parents=True, exist_ok=True)
    onnx.save(build(shape, weights), path)
    write_json(options.out / "config.json", configuration(shape))
    write_json(options.out / "generation_config.json", GENERATION)
    write_json(options.out / "tokenizer_config.json", TOKENIZER_CONFIGURATION)
    tokenizer = json.loads((options.trained / "tokenizer.json").read_text(encoding="utf-8"))
    write_json(options.out / "tokenizer.json", tokenizer, indent=None)
    golden = measure(options.out, Vocabulary.load(options.words))
    write_json(options.out / "golden.json", golden)
    print(f"exact match {golden['exactMatch']}, {path.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
