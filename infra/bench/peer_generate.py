"""The work of `make bench-generate` by transformers.

Loads the Hugging Face folder that is named, then answers each line of standard input, a JSON list of prompts of one
length, with one line: what it likeliest writes to each (`ids`), and the seconds that took by the clock and of processor
time.
"""

import argparse
import json
import sys
import time

import torch
from transformers import AutoModelForCausalLM


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", required=True)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--tokens", type=int, default=128, help="new ids of each prompt")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    model = AutoModelForCausalLM.from_pretrained(options.folder, dtype=torch.float32).eval()
    model.generation_config.eos_token_id = None  # all texts have the same length
    for line in sys.stdin:
        prompts = torch.tensor(json.loads(line))
        clock, processor = time.perf_counter(), time.process_time()
        with torch.inference_mode():
            ids = model.generate(
                prompts,
                attention_mask=torch.ones_like(prompts),
                max_new_tokens=options.tokens,
                do_sample=False,
                pad_token_id=0,
            )
        answer = {
            "ids": ids[:, prompts.shape[1] :].tolist(),
            "seconds": time.perf_counter() - clock,
            "processor": time.process_time() - processor,
        }
        print(json.dumps(answer), flush=True)


main()
