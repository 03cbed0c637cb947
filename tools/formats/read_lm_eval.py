"""Reads an export in lm-eval's layout with lm-eval's own code and prints what it found, as one line of JSON.

    python read_lm_eval.py FOLDER

FOLDER holds MODEL/results_TIME.json and MODEL/samples_TASK_TIME.jsonl. Ends with an error where lm-eval's reader does.
"""

import json
import sys
from importlib.metadata import version
from pathlib import Path

import huggingface_hub
from datasets import load_dataset
from lm_eval.api.metrics import mean, mean_stderr
from lm_eval.loggers import evaluation_tracker
from lm_eval.result_schema import EvalResults, SampleResult
from lm_eval.utils import (
    get_file_task_name,
    get_results_filenames,
    get_sample_results_filenames,
    hash_string,
    make_table,
    sanitize_model_name,
)


def main(folder: Path) -> None:
    names = [str(path.relative_to(folder)) for path in sorted(folder.rglob("*")) if path.is_file()]
    [results_name] = get_results_filenames(names)
    [samples_name] = get_sample_results_filenames(names)
    results = json.loads((folder / results_name).read_text(encoding="utf-8"))
    samples = list(load_dataset("json", data_files=str(folder / samples_name), split="train"))
    lines = [json.loads(line) for line in (folder / samples_name).read_text(encoding="utf-8").splitlines()]
    task = get_file_task_name(Path(samples_name).name)

    print(
        json.dumps(
            {
                "version": version("lm-eval"),
                "task": task,
                "table": make_table(results),
                "card": metadata_card(folder, names),
                "folder": sanitize_model_name(results["model_name"]),
                "unknown": sorted(set(results) - set(EvalResults.__annotations__)),
                "missing": sorted(set(SampleResult.__annotations__) - set(lines[0])),
                "loaded": [[s["doc_id"], s["target"], s["resps"][0][0], s["exact_match"]] for s in samples],
                "mean": sum(s["exact_match"] for s in samples) / len(samples),
                "aggregated": aggregated(lines),
                "outputs": [len(texts) for s in samples for texts in s["resps"]],
                "hashes": [hashes_hold(line) for line in lines],
                "task_hash": hash_string("".join(s["doc_hash"] + s["prompt_hash"] + s["target_hash"] for s in samples)),
                "written_task_hash": results["task_hashes"][task],
            }
        )
    )


def aggregated(lines: list[dict]) -> dict[str, float]:
    """What lm-eval's own functions make of the samples, by the keys under which it writes it."""
    values: dict[str, list[float]] = {}
    for line in lines:
        for metric in line["metrics"]:
            values.setdefault(f"{metric},{line['filter']}", []).append(line[metric])
    found = {}
    for key, of_all in values.items():
        metric, name = key.split(",")
        found[key] = mean(of_all)
        found[f"{metric}_stderr,{name}"] = mean_stderr(of_all) if len(of_all) > 1 else "N/A"
    return found


def hashes_hold(sample: dict) -> bool:
    """The hashes as lm_eval/evaluator.py computes them."""
    doc = json.dumps(sample["doc"], indent=2, ensure_ascii=False)
    return (
        sample["doc_hash"] == hash_string(doc)
        and sample["prompt_hash"] == hash_string(sample["arguments"]["gen_args_0"]["arg_0"])
        and sample["target_hash"] == hash_string(str(sample["target"]))
    )


def metadata_card(folder: Path, names: list[str]) -> str:
    """The card that lm-eval writes for a repository of results, which it reads for that; the hub is this folder."""
    written: list[str] = []

    class Hub:
        def list_repo_files(self, repo_id: str, repo_type: str) -> list[str]:
            return names

    huggingface_hub.hf_hub_url = lambda repo_id, filename, repo_type: str(folder / filename)
    huggingface_hub.DatasetCard.push_to_hub = lambda card, *_, **__: written.append(str(card))
    tracker = evaluation_tracker.EvaluationTracker(public_repo=True)
    tracker.api = Hub()
    tracker.recreate_metadata_card()
    return written[0]


if __name__ == "__main__":
    main(Path(sys.argv[1]))
