"""Saves small random models and tokenizers as transformers does, with what Python makes of them.

foreign_models.py save FOLDER SEED      models, tokenizers and expected.json
foreign_models.py load FOLDER           logits of every model below FOLDER, as JSON
"""

import json
import os
import random
import sys

import torch
import transformers
from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers
from transformers import AutoModelForCausalLM, GPT2Config, LlamaConfig, PreTrainedTokenizerFast, Qwen2Config, Qwen3Config

transformers.logging.set_verbosity_error()
transformers.utils.logging.disable_progress_bar()
LLAMA3 = (
    r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}"
    r"| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
)
QWEN2 = LLAMA3.replace("{1,3}", "")
CONTEXT = 64


def tokenizer(kind, text):
    made = Tokenizer(models.BPE(ignore_merges=kind == "llama3"))
    marks = ["<|endoftext|>", "<|im_end|>"]
    levels = pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=kind == "gpt2")
    made.pre_tokenizer = levels
    if kind != "gpt2":
        split = pre_tokenizers.Split(Regex(LLAMA3 if kind == "llama3" else QWEN2), "isolated")
        made.pre_tokenizer = pre_tokenizers.Sequence([split, levels])
    if kind == "llama3":
        marks = ["<|begin_of_text|>", "<|end_of_text|>", "<|eot_id|>"]
    if kind == "qwen2":
        made.normalizer = normalizers.NFC()
    made.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=400,
        special_tokens=marks,
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    made.train_from_iterator([text], trainer)
    if kind == "llama3":
        template = processors.TemplateProcessing(
            single=marks[0] + " $A", pair=marks[0] + " $A " + marks[0] + " $B", special_tokens=[(marks[0], 0)]
        )
        made.post_processor = processors.Sequence([processors.ByteLevel(trim_offsets=False), template])
    if kind == "qwen2":
        made.add_tokens(
            [
                AddedToken("<tool_call>", normalized=False),
                AddedToken("Zebra", single_word=True, lstrip=True),
                AddedToken("ra,", rstrip=True),
                AddedToken("caf\u00e9!", normalized=True),
            ]
        )
    return made, marks[1] if kind == "llama3" else marks[0]


def texts(dice):
    parts = ["<|im_end|>", "<|endoftext|>", "<|begin_of_text|>", "<|eot_id|>", "<tool_call>", " Zebra ", "Zebras"]
    parts += ["xZebra", "Zebra, ", "cafe\u0301!", "caf\u00e9!", " caf\u00e9", "Gr\u00fc\u00dfe", "\u4e16\u754c", " "]
    parts += ["\n", "\t", "\r\n", "  ", "12345", "don't", "WE'LL", "the ", "root", "stock", "\U0001f331", "\u00a0", "_"]
    return ["".join(dice.choices(parts, k=dice.randint(1, 12))) for _ in range(200)] + ["", " "]


def configurations(dice):
    kv = dice.choice([1, 2, 4])
    shared = {
        "vocab_size": 420,
        "hidden_size": 4 * dice.choice([8, 12]),
        "intermediate_size": dice.choice([40, 56]),
        "num_hidden_layers": dice.choice([1, 2]),
        "num_attention_heads": 4,
        "num_key_value_heads": kv,
        "max_position_embeddings": CONTEXT,
        "rms_norm_eps": dice.choice([1e-5, 1e-6]),
        "rope_theta": dice.choice([10000.0, 500000.0]),
        "bos_token_id": 0,
        "eos_token_id": 1,
    }
    llama3 = {
        "rope_type": "llama3",
        "factor": dice.choice([4.0, 8.0]),
        "low_freq_factor": 1.0,
        "high_freq_factor": 4.0,
        "original_max_position_embeddings": 16,
    }
    tied = dice.random() < 0.5
    yield "gpt2", GPT2Config(vocab_size=420, n_embd=48, n_layer=2, n_head=dice.choice([2, 4]), n_positions=CONTEXT,
                             n_inner=dice.choice([None, 40]), bos_token_id=0, eos_token_id=0), "gpt2", torch.float32
    yield "llama", LlamaConfig(**shared, tie_word_embeddings=tied), "llama3", torch.bfloat16
    yield "stretched", LlamaConfig(**shared, tie_word_embeddings=not tied, rope_scaling=llama3), "llama3", torch.float32
    yield "qwen2", Qwen2Config(**shared, tie_word_embeddings=tied), "qwen2", torch.float16
    shared["num_attention_heads"] = 3 * kv
    shared["hidden_size"] = 40
    yield "qwen3", Qwen3Config(**shared, tie_word_embeddings=not tied, head_dim=16), "qwen2", torch.float32


def logits(folder, ids):
    model, report = AutoModelForCausalLM.from_pretrained(folder, output_loading_info=True, dtype=torch.float32)
    assert not report["missing_keys"] and not report["unexpected_keys"], report
    with torch.no_grad():
        return model.eval(), model(torch.tensor([ids])).logits[0].double()


def save(folder, seed):
    dice = random.Random(seed)
    torch.manual_seed(seed)
    corpus = "".join(texts(dice)) + "the root of the stock, the stock of the root. Zebra caf\u00e9\n" * 9
    expected = {"ids": [dice.randrange(420) for _ in range(CONTEXT)], "models": {}, "tokenizers": {}}
    for name, config, kind, dtype in configurations(dice):
        place = os.path.join(folder, name)
        model = AutoModelForCausalLM.from_config(config)
        for parameter in model.parameters():
            parameter.data.add_(torch.randn_like(parameter) * 0.1)
        model.to(dtype).save_pretrained(place, max_shard_size="30KB" if name in ("llama", "qwen3") else "1GB")
        made, end = tokenizer(kind, corpus)
        PreTrainedTokenizerFast(tokenizer_object=made, eos_token=end).save_pretrained(place)
        model, values = logits(place, expected["ids"])
        prompt = torch.tensor([expected["ids"][:9]])
        written = model.generate(input_ids=prompt, attention_mask=torch.ones_like(prompt), do_sample=False,
                                 max_new_tokens=20)[0][9:].tolist()
        expected["models"][name] = {"logits": values.tolist(), "written": written}
        if kind not in expected["tokenizers"]:
            rows = []
            for text in texts(dice):
                made.encode_special_tokens = False
                marked = made.encode(text).ids
                made.encode_special_tokens = True
                rows.append([text, marked, made.encode(text, add_special_tokens=False).ids])
            expected["tokenizers"][kind] = {"model": name, "rows": rows}
    with open(os.path.join(folder, "expected.json"), "w", encoding="utf-8") as file:
        json.dump(expected, file)
    print("{}")


def load(folder):
    with open(os.path.join(folder, "expected.json"), encoding="utf-8") as file:
        ids = json.load(file)["ids"]
    places = sorted(os.path.dirname(os.path.join(at, name)) for at, _, files in os.walk(folder) for name in files if name == "config.json")
    print(json.dumps({os.path.relpath(place, folder): logits(place, ids)[1].tolist() for place in places}))


if __name__ == "__main__":
    save(sys.argv[2], int(sys.argv[3])) if sys.argv[1] == "save" else load(sys.argv[2])
