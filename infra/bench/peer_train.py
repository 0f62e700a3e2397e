"""The work of `rootstock bench train` and `bench learn` by PyTorch.

Reads the folder that the training engine wrote (first weights as a Hugging Face folder, rows of all steps, task.json),
takes the same steps with scaled_dot_product_attention and fused AdamW, and prints one line of JSON in the layout of
TrainBenchRun. The model is written out here: one product for queries, keys and values and one for gate and up, as
Rootstock has them, so that neither side multiplies more often than the other.
"""

import argparse
import json
import math
import sys
import time
from pathlib import Path

import numpy
import torch
import torch.nn.functional as F
from safetensors.torch import load_file
from torch import nn


class Attention(nn.Module):
    def __init__(self, config):
        super().__init__()
        self.heads, self.kv_heads, self.size = config["heads"], config["kv_heads"], config["head_width"]
        self.splits = [self.heads * self.size, self.kv_heads * self.size, self.kv_heads * self.size]
        self.qkv = nn.Linear(config["width"], sum(self.splits), bias=config["qkv_bias"])
        self.out = nn.Linear(self.splits[0], config["width"], bias=config["bias"])
        self.q_norm = nn.RMSNorm(self.size, eps=config["epsilon"]) if config["head_norm"] else None
        self.k_norm = nn.RMSNorm(self.size, eps=config["epsilon"]) if config["head_norm"] else None

    def forward(self, x, angles):
        batch, length, _ = x.shape
        q, k, v = self.qkv(x).split(self.splits, dim=-1)
        q = q.view(batch, length, self.heads, self.size)
        k = k.view(batch, length, self.kv_heads, self.size)
        v = v.view(batch, length, self.kv_heads, self.size).transpose(1, 2)
        if self.q_norm is not None:
            q, k = self.q_norm(q), self.k_norm(k)
        q, k = q.transpose(1, 2), k.transpose(1, 2)
        if angles is not None:
            q, k = turn(q, *angles), turn(k, *angles)
        grouped = self.heads != self.kv_heads
        y = F.scaled_dot_product_attention(q, k, v, is_causal=True, enable_gqa=grouped)
        return self.out(y.transpose(1, 2).reshape(batch, length, -1))


def turn(x, cosine, sine):
    """Rotary positions: element i with i + half the head."""
    first, second = x.chunk(2, dim=-1)
    return torch.cat((first * cosine - second * sine, second * cosine + first * sine), dim=-1)


class FeedForward(nn.Module):
    def __init__(self, config):
        super().__init__()
        self.gated = config["gated"]
        self.up = nn.Linear(config["width"], (2 if self.gated else 1) * config["inner"], bias=config["bias"])
        self.down = nn.Linear(config["inner"], config["width"], bias=config["bias"])

    def forward(self, x):
        if self.gated:
            gate, up = self.up(x).chunk(2, dim=-1)
            return self.down(F.silu(gate) * up)
        return self.down(F.gelu(self.up(x), approximate="tanh"))


class Block(nn.Module):
    def __init__(self, config):
        super().__init__()
        norm = nn.RMSNorm if config["gated"] else nn.LayerNorm
        self.before = norm(config["width"], eps=config["epsilon"])
        self.attention = Attention(config)
        self.between = norm(config["width"], eps=config["epsilon"])
        self.forward_part = FeedForward(config)

    def forward(self, x, angles):
        x = x + self.attention(self.before(x), angles)
        return x + self.forward_part(self.between(x))


class Model(nn.Module):
    def __init__(self, config):
        super().__init__()
        norm = nn.RMSNorm if config["gated"] else nn.LayerNorm
        self.tokens = nn.Embedding(config["vocabulary"], config["width"])
        self.places = None if config["gated"] else nn.Embedding(config["context"], config["width"])
        self.blocks = nn.ModuleList(Block(config) for _ in range(config["layers"]))
        self.last = norm(config["width"], eps=config["epsilon"])
        self.head = None if config["tied"] else nn.Linear(config["width"], config["vocabulary"], bias=False)
        half = config["head_width"] // 2
        turns = torch.arange(config["context"], dtype=torch.float64)[:, None] * (
            config["rope_base"] ** (-torch.arange(half, dtype=torch.float64) * 2 / config["head_width"])
        )
        self.register_buffer("cosine", turns.cos().float(), persistent=False)
        self.register_buffer("sine", turns.sin().float(), persistent=False)

    def forward(self, ids, targets):
        """Sum of the losses, in nats; targets of -1 count nothing."""
        x = self.tokens(ids)
        if self.places is not None:
            x, angles = x + self.places.weight[: ids.shape[1]], None
        else:
            angles = (self.cosine[: ids.shape[1]], self.sine[: ids.shape[1]])
        for block in self.blocks:
            x = block(x, angles)
        weight = self.tokens.weight if self.head is None else self.head.weight
        logits = F.linear(self.last(x), weight)
        return F.cross_entropy(
            logits.view(-1, logits.shape[-1]), targets.reshape(-1), ignore_index=-1, reduction="sum"
        )


def shape_of(config):
    """The measures, from config.json of the families that Rootstock writes."""
    family = config["model_type"]
    if family == "gpt2":
        width = config["n_embd"]
        return {
            "gated": False,
            "layers": config["n_layer"],
            "width": width,
            "heads": config["n_head"],
            "kv_heads": config["n_head"],
            "head_width": width // config["n_head"],
            "inner": config.get("n_inner") or 4 * width,
            "vocabulary": config["vocab_size"],
            "context": config["n_positions"],
            "epsilon": config["layer_norm_epsilon"],
            "rope_base": 10_000.0,
            "tied": True,
            "bias": True,
            "qkv_bias": True,
            "head_norm": False,
        }
    if family not in ("llama", "qwen2", "qwen3") or config.get("rope_scaling"):
        sys.exit(f"model_type {family} with rope_scaling {config.get('rope_scaling')}: not among what this peer knows")
    return {
        "gated": True,
        "layers": config["num_hidden_layers"],
        "width": config["hidden_size"],
        "heads": config["num_attention_heads"],
        "kv_heads": config["num_key_value_heads"],
        "head_width": config.get("head_dim") or config["hidden_size"] // config["num_attention_heads"],
        "inner": config["intermediate_size"],
        "vocabulary": config["vocab_size"],
        "context": config["max_position_embeddings"],
        "epsilon": config["rms_norm_eps"],
        "rope_base": config.get("rope_theta", 10_000.0),
        "tied": config["tie_word_embeddings"],
        "bias": False,
        "qkv_bias": family == "qwen2",
        "head_norm": family == "qwen3",
    }


def take_weights(model, folder, config):
    """Copies a Hugging Face folder's tensors; none may be left over or missing."""
    files = load_file(folder / "model.safetensors")
    taken = set()

    def get(name, turned=False):
        taken.add(name)
        return files[name].T if turned else files[name]

    def put(parameter, *tensors):
        with torch.no_grad():
            parameter.copy_(torch.cat(tensors))

    if config["gated"]:
        put(model.tokens.weight, get("model.embed_tokens.weight"))
        put(model.last.weight, get("model.norm.weight"))
        if model.head is not None:
            put(model.head.weight, get("lm_head.weight"))
    else:
        put(model.tokens.weight, get("transformer.wte.weight"))
        put(model.places.weight, get("transformer.wpe.weight"))
        put(model.last.weight, get("transformer.ln_f.weight"))
        put(model.last.bias, get("transformer.ln_f.bias"))
    for i, block in enumerate(model.blocks):
        attention, feed = block.attention, block.forward_part
        if config["gated"]:
            at = f"model.layers.{i}."
            put(block.before.weight, get(at + "input_layernorm.weight"))
            put(block.between.weight, get(at + "post_attention_layernorm.weight"))
            put(attention.qkv.weight, *(get(f"{at}self_attn.{one}_proj.weight") for one in "qkv"))
            if config["qkv_bias"]:
                put(attention.qkv.bias, *(get(f"{at}self_attn.{one}_proj.bias") for one in "qkv"))
            if config["head_norm"]:
                put(attention.q_norm.weight, get(at + "self_attn.q_norm.weight"))
                put(attention.k_norm.weight, get(at + "self_attn.k_norm.weight"))
            put(attention.out.weight, get(at + "self_attn.o_proj.weight"))
            put(feed.up.weight, get(at + "mlp.gate_proj.weight"), get(at + "mlp.up_proj.weight"))
            put(feed.down.weight, get(at + "mlp.down_proj.weight"))
        else:
            at = f"transformer.h.{i}."
            for mine, theirs in (
                (block.before, "ln_1"),
                (block.between, "ln_2"),
                (attention.qkv, "attn.c_attn"),
                (attention.out, "attn.c_proj"),
                (feed.up, "mlp.c_fc"),
                (feed.down, "mlp.c_proj"),
            ):
                put(mine.weight, get(f"{at}{theirs}.weight", turned="ln_" not in theirs))
                put(mine.bias, get(f"{at}{theirs}.bias"))
    left = set(files) - taken - ({"lm_head.weight"} if config["tied"] else set())
    if left:
        sys.exit(f"tensors that this peer does not know: {sorted(left)}")


def rows_of(file, context):
    rows = numpy.fromfile(file, dtype="<i4").reshape(-1, context + 1)
    return torch.from_numpy(rows.astype("int64"))


def peak_bytes():
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) * 1024
    return 0


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--folder", required=True, type=Path, help="written by the training engine")
    arguments.add_argument("--compile", action="store_true", help="by torch.compile")
    given = arguments.parse_args()
    task = json.loads((given.folder / "task.json").read_text())
    config = shape_of(json.loads((given.folder / "config.json").read_text()))
    torch.set_num_threads(task["threads"])
    model = Model(config)
    take_weights(model, given.folder, config)
    matrices = [p for p in model.parameters() if p.dim() > 1]
    others = [p for p in model.parameters() if p.dim() <= 1]
    optimizer = torch.optim.AdamW(
        [{"params": matrices, "weight_decay": task["weight_decay"]}, {"params": others, "weight_decay": 0.0}],
        lr=task["rates"][0],
        betas=(task["beta1"], task["beta2"]),
        eps=task["epsilon"],
        fused=True,
    )
    rows = rows_of(given.folder / "rows.i32", task["context"])
    run = torch.compile(model) if given.compile else model
    losses, seconds = [], []
    for step, rate in enumerate(task["rates"]):
        began = time.monotonic()
        batch = rows[step * task["batch"] : (step + 1) * task["batch"]]
        for group in optimizer.param_groups:
            group["lr"] = rate
        loss = run(batch[:, :-1].contiguous(), batch[:, 1:].contiguous()) / (batch.shape[0] * task["context"])
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), task["clip"])
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
        losses.append(loss.item())
        if step >= task["warmup"]:
            seconds.append(time.monotonic() - began)
        print(f"step {step + 1}/{len(task['rates'])} loss {losses[-1]}", file=sys.stderr)
    answer = {
        "backend": f"torch {torch.__version__}, {'compile' if given.compile else 'eager'}, {task['threads']} threads",
        "threads": task["threads"],
        "parameters": sum(p.numel() for p in model.parameters()),
        "losses": losses,
        "seconds": seconds,
        "peakBytes": peak_bytes(),
    }
    held = rows_of(given.folder / "held-out.i32", task["context"])
    if len(held):
        nats = 0.0
        with torch.no_grad():
            for part in held.split(max(1, 8192 // task["context"])):
                nats += model(part[:, :-1].clamp(min=0), part[:, 1:]).double().item()
        answer["heldOut"] = {"nats": nats, "tokens": int((held[:, 1:] >= 0).sum()), "bytes": task["held_out_bytes"]}
    if not all(map(math.isfinite, losses)):
        sys.exit(f"a loss is not finite: {losses}")
    print(json.dumps(answer))


if __name__ == "__main__":
    main()
