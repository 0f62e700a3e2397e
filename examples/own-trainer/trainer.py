"""A trainer of one's own for Rootstock: grows a Llama with PyTorch and transformers, in one process or several.

    torchrun --standalone --nproc-per-node 1 trainer.py pretrain ORDER.json RESULT.json

README.md tells the way through; rootstock.py holds what is the same for every trainer.
"""

import io
import json
import math
import os
import tempfile
import time
from pathlib import Path

import numpy
import pyarrow.parquet
import torch
import torch.distributed as distributed
from safetensors.torch import load, save_file
from transformers import LlamaConfig, LlamaForCausalLM

from rootstock import HOPELESS, SAVED, Checkpoints, End, Telling, carry_out, find, key_of, leaving, need, text

NAME, VERSION = "torch-llama", 1  # raise the version when the same order would come to another result
IGNORED = -100  # a target that is not predicted
RANK, WORLD = int(os.environ.get("RANK", 0)), int(os.environ.get("WORLD_SIZE", 1))  # as torchrun sets them


# --- data ---------------------------------------------------------------------------------------------------------

def read_rows(store, order, kind):
    """All rows of a kind of shard, ids and targets: rows × (context + 1); and the end of text's id.

    All at once, which a large corpus would not bear: read it by windows of row groups.
    """
    folder, ids, targets, end_of_text = f"tokens/{order['tokens']['fingerprint']}", [], [], 0
    for file in sorted(find(store, folder)["files"], key=lambda file: file["path"]):
        if file["path"].split("/")[-1].startswith(kind):
            table = pyarrow.parquet.read_table(io.BytesIO(store.read(key_of(folder, file))),
                                               columns=["tokens", "resumes", "length"])
            end_of_text = int(table.schema.metadata[b"rootstock.end_of_text"])
            for row, resumes, length in zip(*(table[name].to_pylist() for name in ("tokens", "resumes", "length"))):
                ids.append(numpy.frombuffer(row, dtype="<i4").astype(numpy.int64))
                target = ids[-1].copy()  # its first is never asked for: nothing stands before it
                target[resumes] = IGNORED  # the document's earlier part is not in sight
                target[length:] = IGNORED  # filling
                targets.append(target)
    return torch.from_numpy(numpy.array(ids)), torch.from_numpy(numpy.array(targets)), end_of_text


def loss_of(model, ids, targets):
    """Sum over the predicted tokens, in nats."""
    logits = model(ids[:, :-1]).logits.float()
    return torch.nn.functional.cross_entropy(logits.flatten(0, 1), targets[:, 1:].flatten(), ignore_index=IGNORED,
                                             reduction="sum")


# --- the training -------------------------------------------------------------------------------------------------

def learning_rate(schedule, step):
    if step < schedule["warmup"]:
        return schedule["peak"] * (step + 1) / schedule["warmup"]
    passed = min(1, (step - schedule["warmup"]) / max(1, schedule["steps"] - schedule["warmup"]))
    floor = schedule["peak"] * schedule["floorShare"]
    return floor + (schedule["peak"] - floor) * 0.5 * (1 + math.cos(math.pi * passed))


def model_of(shape, seed, end_of_text):
    torch.manual_seed(seed)
    return LlamaForCausalLM(LlamaConfig(
        vocab_size=shape["vocabulary"], hidden_size=shape["width"], intermediate_size=shape["inner"],
        num_hidden_layers=shape["layers"], num_attention_heads=shape["heads"], num_key_value_heads=shape["kvHeads"],
        head_dim=shape["headWidth"], max_position_embeddings=shape["context"], rms_norm_eps=shape["normEpsilon"],
        rope_parameters={"rope_type": "default", "rope_theta": shape["ropeBase"]}, tie_word_embeddings=shape["tiedHead"],
        bos_token_id=end_of_text, eos_token_id=end_of_text))


def check(order):
    spec, asked = order["pretrain"], order["pretrain"].get("trainer", {})
    need((asked.get("name"), asked.get("version")) == (NAME, VERSION), "pretrain.trainer", asked, f"{NAME}, version {VERSION}")
    need(spec["shape"]["family"] == "llama", "model.family", spec["shape"]["family"], "llama")
    need("ropeScaling" not in spec["shape"], "model.ropeScaling", "given", "left out")
    need(spec["attention"] == "across-documents", "pretrain.attention", spec["attention"], "across-documents")
    need(spec["numeric"]["dtype"] == "float32", "pretrain.numeric.dtype", spec["numeric"]["dtype"], "float32")


def pretrain(store, order, out):
    spec, asked = order["pretrain"], leaving()
    checkpoints = Checkpoints(store, order, f"{NAME} {VERSION}, torch {torch.__version__}")
    telling = Telling(out, RANK == 0, spec["steps"])
    finished = find(store, checkpoints.home)
    if finished:
        return finished["result"]
    check(order)
    need(spec["batch"] % WORLD == 0, "pretrain.batch", spec["batch"], f"a multiple of the {WORLD} processes")
    torch.set_num_threads(max(1, (order["attempt"]["threads"] or os.cpu_count()) // WORLD))
    ids, targets, end_of_text = read_rows(store, order, "shard-")
    model = model_of(spec["shape"], spec["seed"], end_of_text)
    names = {parameter: name for name, parameter in model.named_parameters()}
    wish, matrices = spec["optimizer"], [each for each in names if each.dim() > 1]
    optimizer = torch.optim.AdamW(
        [{"params": matrices, "weight_decay": wish["weightDecay"]},
         {"params": [each for each in names if each.dim() == 1], "weight_decay": 0.0}],
        betas=(wish["beta1"], wish["beta2"]), eps=wish["epsilon"])

    saved, metrics, seconds, folder = checkpoints.newest(), [], 0.0, None
    if saved:
        folder, first, files, manifest = saved
        model.load_state_dict(load(files["model.safetensors"]), strict=False)  # a tied head is in it once
        moments, seconds = load(files["optimizer.safetensors"]), manifest["spent"]["seconds"]
        for parameter, name in names.items():
            optimizer.state[parameter] = {"step": torch.tensor(float(first)), "exp_avg": moments[f"{name}.exp_avg"],
                                          "exp_avg_sq": moments[f"{name}.exp_avg_sq"]}
        metrics = [json.loads(line) for line in files["metrics.jsonl"].splitlines()]
    first = saved[1] if saved else 0
    if WORLD > 1:
        distributed.barrier()  # all have read before one claims
    if RANK == 0:
        checkpoints.take(first)
        telling.tell(checkpoint=first)

    def save(done):
        tokens = done * spec["batch"] * spec["shape"]["context"]
        parameters = sum(parameter.numel() for parameter in names)
        spent = {"seconds": seconds, "tokens": tokens, "flops": 6.0 * parameters * tokens}
        with tempfile.TemporaryDirectory() as scratch:
            model.save_pretrained(scratch, max_shard_size="1000GB")
            save_file({f"{names[parameter]}.{moment}": state[moment] for parameter, state in optimizer.state.items()
                       for moment in ("exp_avg", "exp_avg_sq")}, f"{scratch}/optimizer.safetensors")
            files = {file.name: file.read_bytes() for file in Path(scratch).iterdir()}
        tokenizer = f"tokenizers/{order['tokenizer']['fingerprint']}"
        for file in find(store, tokenizer)["files"]:
            files[file["path"].split("/")[-1]] = store.read(key_of(tokenizer, file))
        files["metrics.jsonl"] = "".join(json.dumps(line) + "\n" for line in metrics).encode()
        files["trainer_state.json"] = text({"global_step": done, "max_steps": spec["steps"],
                                            "epoch": done * spec["batch"] / len(ids)})
        folder = checkpoints.save(done, files, spent)
        telling.tell(checkpoint=done)
        return folder

    last_save, rows, epoch, began = time.monotonic(), None, -1, time.monotonic()
    for step in range(first, spec["steps"]):
        chosen = []  # the rows of a step follow from the step and the seed alone
        for position in range(step * spec["batch"], (step + 1) * spec["batch"]):
            if position // len(ids) != epoch:
                epoch = position // len(ids)
                rows = numpy.random.default_rng([spec["seed"], epoch]).permutation(len(ids))
            chosen.append(rows[position % len(ids)])
        predicted = (targets[chosen][:, 1:] != IGNORED).sum()
        mine = chosen[RANK::WORLD]
        loss = loss_of(model, ids[mine], targets[mine]) / predicted
        optimizer.zero_grad()
        loss.backward()
        together = torch.stack([loss.detach(), torch.tensor(float(asked.is_set()))])
        if WORLD > 1:
            for parameter in names:
                distributed.all_reduce(parameter.grad)
            distributed.all_reduce(together)
        norm = torch.nn.utils.clip_grad_norm_(model.parameters(), wish["clip"])
        if not torch.isfinite(norm):
            raise End(HOPELESS, "Diverged", f"step {step + 1}: loss {together[0]}, gradient norm {norm}")
        for group in optimizer.param_groups:
            group["lr"] = learning_rate(spec["schedule"], step)
        optimizer.step()

        done, leave, seconds = step + 1, together[1] > 0, seconds + time.monotonic() - began
        began = time.monotonic()
        metrics.append({"step": done, "epoch": done * spec["batch"] / len(ids), "loss": together[0].item(),
                        "grad_norm": norm.item(), "learning_rate": optimizer.param_groups[0]["lr"],
                        "tokens": done * spec["batch"] * spec["shape"]["context"], "time": {"seconds": seconds}})
        telling.tell(done=done, loss=metrics[-1]["loss"])
        if done == spec["steps"] and RANK == 0 and order["tokens"]["validationBytes"] > 0:
            with torch.no_grad():
                nats = sum(loss_of(model, *pair).item() for pair in
                           zip(*(part.split(spec["batch"]) for part in read_rows(store, order, "validation-")[:2])))
            metrics[-1]["eval_bits_per_byte"] = nats / math.log(2) / order["tokens"]["validationBytes"]
        every = order["cadence"].get("checkpointSteps")
        due = done % every == 0 if every else time.monotonic() - last_save > 60
        if RANK == 0 and (due or leave or done == spec["steps"]):
            folder, last_save = save(done), time.monotonic()
        if leave and done < spec["steps"]:
            if WORLD > 1:
                distributed.barrier()  # torchrun ends the others soon after the first has left
            raise End(SAVED, "Stopped", f"saved step {done} of {spec['steps']} and left, as asked")
    return checkpoints.finish(folder) if RANK == 0 else None


if __name__ == "__main__":
    if WORLD > 1:
        distributed.init_process_group("gloo")
    carry_out(pretrain, speaks=RANK == 0)
