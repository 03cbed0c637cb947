"""What a build must answer to the fixed texts of the self-test: written to src/engines/selfTest/bands.json.

python3 tools/self-test/bands.py NAME FOLDER ONNX_FILE [NAME FOLDER ONNX_FILE ...]

    NAME       for people: "tabeval/embedded fp32"
    FOLDER     a model in transformers.js layout, its weights in one file
    ONNX_FILE  inside it: onnx/model_q4.onnx

Computed by native ONNX Runtime on a processor, with other kernels than those of a browser. Builds that are in the file
already and are not named stay as they are. Afterwards: npx prettier --write src/engines/selfTest/bands.json
"""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path

import numpy
import onnxruntime
from tokenizers import Tokenizer

SELF_TEST = Path(__file__).parents[2] / "src" / "engines" / "selfTest"
BANDS = SELF_TEST / "bands.json"
DIGITS = 4

# In nats, and as a share of places; see src/engines/selfTest/compare.ts. A hundred times what devices that compute right
# were measured to differ by (5e-5). For builds in 32 bits; what is written into the file by hand is kept.
TOLERANCE = {"mean": 0.0005, "worst": 0.005, "agreement": 0.99}


def log_probabilities(logits: numpy.ndarray) -> numpy.ndarray:
    """Rows of logits as natural logarithms of probabilities."""
    shifted = logits - logits.max(axis=-1, keepdims=True)
    return shifted - numpy.log(numpy.exp(shifted).sum(axis=-1, keepdims=True))


def inputs(session: onnxruntime.InferenceSession, ids: list[int], config: dict[str, object]) -> dict[str, numpy.ndarray]:
    """One whole text and an empty cache."""
    heads = config.get("num_key_value_heads") or config["num_attention_heads"]
    width = config.get("head_dim") or config["hidden_size"] // config["num_attention_heads"]
    known = {
        "input_ids": numpy.array([ids], numpy.int64),
        "attention_mask": numpy.ones((1, len(ids)), numpy.int64),
        "position_ids": numpy.arange(len(ids), dtype=numpy.int64)[None],
    }
    cache = numpy.zeros((1, heads, 0, width), numpy.float32)
    return {i.name: known.get(i.name, cache) for i in session.get_inputs()}


def band(name: str, folder: Path, onnx_file: str, texts: list[dict[str, str]]) -> dict[str, object]:
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    weights = (folder / onnx_file).read_bytes()
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(weights, options)
    answers = []
    for text in texts:
        ids = tokenizer.encode(text["text"], add_special_tokens=False).ids
        logits = session.run(["logits"], inputs(session, ids, config))[0][0].astype(numpy.float64)
        rows = log_probabilities(logits)[:-1]
        answers.append(
            {
                "id": text["id"],
                "idsHash": hashlib.sha256(",".join(map(str, ids)).encode()).hexdigest(),
                "logProbs": [round(float(p), DIGITS) for p in rows[numpy.arange(len(ids) - 1), ids[1:]]],
                "best": [int(i) for i in rows.argmax(axis=-1)],
            }
        )
    return {"name": name, "weights": [hashlib.sha256(weights).hexdigest()], "texts": answers}


def main() -> None:
    arguments = sys.argv[1:]
    if not arguments or len(arguments) % 3:
        sys.exit(__doc__)
    source = json.loads((SELF_TEST / "texts.json").read_text(encoding="utf-8"))
    before = json.loads(BANDS.read_text(encoding="utf-8"))["builds"] if BANDS.exists() else []
    new = [
        band(name, Path(folder), onnx_file, source["texts"])
        for name, folder, onnx_file in zip(*(arguments[i::3] for i in range(3)), strict=True)
    ]
    tolerances = {b["name"]: b["tolerance"] for b in before}
    new = [{**b, "tolerance": tolerances.get(b["name"], TOLERANCE)} for b in new]
    kept = [b for b in before if b["name"] not in {n["name"] for n in new}]
    lines = ",\n".join("    " + json.dumps(b, ensure_ascii=False) for b in sorted(kept + new, key=lambda b: b["name"]))
    BANDS.write_text(f'{{\n  "texts": "{source["version"]}",\n  "builds": [\n{lines}\n  ]\n}}\n', encoding="utf-8")
    for b in new:
        means = [sum(t["logProbs"]) / len(t["logProbs"]) for t in b["texts"]]
        print(b["name"], " ".join(f"{mean:.4f}" for mean in means))


if __name__ == "__main__":
    main()
