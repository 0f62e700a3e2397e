"""The work of `rootstock bench data` by datatrove: clean, exact deduplication, tokenize, write.

Reads JSONL files (text under "text"), writes Parquet documents and datatrove's token files, and prints one line of
JSON in the layout of DataBenchRun. Blocks of three passes, as datatrove's own example of exact deduplication has
them; the tokenizer is the one that the pipeline learned.
"""

import argparse
import json
import os
import resource
import time
import unicodedata
from collections import Counter
from pathlib import Path

os.environ["TOKENIZERS_PARALLELISM"] = "false"  # a process a worker; threads within them would only contend

from datatrove.data import Document  # noqa: E402
from datatrove.executor import LocalPipelineExecutor  # noqa: E402
from datatrove.pipeline.base import PipelineStep  # noqa: E402
from datatrove.pipeline.dedup.exact_dedup import (  # noqa: E402
    ExactDedupConfig,
    ExactDedupFilter,
    ExactDedupSignature,
    ExactFindDedups,
)
from datatrove.pipeline.filters import LambdaFilter  # noqa: E402
from datatrove.pipeline.readers import JsonlReader, ParquetReader  # noqa: E402
from datatrove.pipeline.tokens import DocumentTokenizer  # noqa: E402
from datatrove.pipeline.writers import ParquetWriter  # noqa: E402
from datatrove.utils.hashing import HashConfig  # noqa: E402

CONTROLS = {code: None for code in range(160) if unicodedata.category(chr(code)) == "Cc" and chr(code) not in "\n\t"}


class Normalise(PipelineStep):
    """NFC, \\n line ends, no control characters."""

    name = "normalise"
    type = "format"

    def run(self, data, rank=0, world_size=1):
        for document in data:
            text = document.text.replace("\r\n", "\n").replace("\r", "\n").translate(CONTROLS)
            document.text = unicodedata.normalize("NFC", text)
            yield document


def basic(document: Document) -> bool:
    """The rules of the recipe of that name, at their defaults."""
    text = document.text
    return 100 <= len(text) <= 1_000_000 and not text.isspace() and text.count("\ufffd") <= 0.01 * len(text)


def text_of(document: Document) -> str:
    return document.text


def processor_seconds() -> float:
    spent = 0.0
    for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN):
        usage = resource.getrusage(who)
        spent += usage.ru_utime + usage.ru_stime
    return spent


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--folder", required=True, help="for all that is written")
    arguments.add_argument("--tokenizer", required=True, help="a tokenizer.json")
    arguments.add_argument("--workers", type=int, default=2)
    arguments.add_argument("files", nargs="+")
    given = arguments.parse_args()
    out = Path(given.folder)
    listed = out / "files.txt"
    root = os.path.commonpath([os.path.dirname(file) for file in given.files])
    out.mkdir(parents=True, exist_ok=True)
    listed.write_text("".join(os.path.relpath(file, root) + "\n" for file in given.files))
    tasks = len(given.files)
    config = ExactDedupConfig(content_getter=text_of, hash_config=HashConfig(precision=64))
    stages = []

    def run(*steps, tasks=tasks):
        name = f"logs-{len(list(out.glob('logs-*')))}"
        executor = LocalPipelineExecutor(
            pipeline=list(steps), tasks=tasks, workers=given.workers, logging_dir=str(out / name), start_method="fork"
        )
        return executor.run()

    def timed(name, size, work):
        began, used = time.monotonic(), processor_seconds()
        result = work()
        stages.append(
            {
                "stage": name,
                "seconds": time.monotonic() - began,
                "processorSeconds": processor_seconds() - used,
                "bytes": size,
                "tokens": 0,
            }
        )
        return result

    def clean():
        first = run(
            JsonlReader(root, paths_file=str(listed)),
            Normalise(),
            LambdaFilter(basic),
            ParquetWriter(str(out / "filtered"), "${rank}.parquet", compression="zstd"),
            ExactDedupSignature(str(out / "signatures"), config),
        )
        run(ExactFindDedups(str(out / "signatures"), str(out / "twins"), config), tasks=1)
        return first

    def tokenize():
        return run(
            ParquetReader(str(out / "filtered")),
            ExactDedupFilter(str(out / "twins"), config),
            ParquetWriter(str(out / "documents"), "${rank}.parquet", compression="zstd"),
            DocumentTokenizer(
                str(out / "tokens"),
                given.tokenizer,
                eos_token="<|endoftext|>",
                shuffle_documents=False,
                batch_size=1_000,
            ),
        )

    size = sum(os.path.getsize(file) for file in given.files)
    first = timed("clean", size, clean)
    last = timed("tokenize", size, tokenize)
    counts = Counter()
    for stats, steps in ((first, ("reader",)), (last, ("documents", "tokens"))):
        for step in stats.stats:
            name = step.name.lower()
            if "jsonl" in name and "reader" in steps:
                counts["documents"] = step.stats["documents"].total
            if "tokens" in step.stats and "tokens" in steps:
                counts["tokens"] = step.stats["tokens"].total
            if "exact-deduplication" in name and "documents" in steps:
                counts["kept"] = step.stats["forwarded"].total
    stages[-1]["tokens"] = int(counts["tokens"])
    peak = 1024 * (
        resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        + given.workers * resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    )
    print(
        json.dumps(
            {
                "files": given.files,
                "bytes": size,
                "documents": int(counts["documents"]),
                "kept": int(counts["kept"]),
                "tokens": int(counts["tokens"]),
                "stages": stages,
                "peakBytes": peak,
            }
        )
    )


if __name__ == "__main__":
    main()
