package dev.rootstock.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rootstock.contract.CheckpointRef;
import dev.rootstock.contract.Json;
import dev.rootstock.contract.LoraSpec;
import dev.rootstock.contract.ModelShape;
import dev.rootstock.contract.ModelShape.Family;
import dev.rootstock.contract.Numeric;
import dev.rootstock.contract.engine.ImportOrder;
import dev.rootstock.contract.engine.ProgressLog;
import dev.rootstock.contract.engine.Stop;
import dev.rootstock.contract.task.Conversation;
import dev.rootstock.contract.task.Conversation.Message;
import dev.rootstock.training.backend.Backend;
import dev.rootstock.training.backend.Backends;
import dev.rootstock.training.chat.ChatTemplate;
import dev.rootstock.training.checkpoint.HuggingFaceFolder;
import dev.rootstock.training.checkpoint.PeftFolder;
import dev.rootstock.training.evaluate.Bleu;
import dev.rootstock.training.evaluate.Chrf;
import dev.rootstock.training.model.TensorLayout;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

/**
 * What we write, read by the Python libraries it is for; ROOTSTOCK_PYTHON names an interpreter that
 * has them.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class TransformersIT {
  private static final int[] IDS = {1, 5, 9, 2, 7, 7, 3, 10};

  private static final String LOGITS =
      """
      import json, sys, torch
      from transformers import AutoModelForCausalLM
      model, report = AutoModelForCausalLM.from_pretrained(sys.argv[1], output_loading_info=True)
      assert not report["missing_keys"] and not report["unexpected_keys"], report
      if len(sys.argv) > 3:
          from peft import PeftModel
          model = PeftModel.from_pretrained(model, sys.argv[3])
      with torch.no_grad():
          logits = model.eval()(torch.tensor([json.loads(sys.argv[2])])).logits[0]
      print(json.dumps(logits.double().tolist()))
      """;

  @TempDir private Path temporary;

  @BeforeEach
  void fixTheSeed() {
    Nd4j.getRandom().setSeed(5);
  }

  private static ModelShape shape(Family family, int kvHeads, boolean tied) {
    return new ModelShape(family, 2, 16, 4, kvHeads, 4, 24, 11, 8, 1e-5, 10_000, tied);
  }

  private static Backend random(ModelShape shape, Optional<LoraSpec> lora) {
    Backend model = Backends.open(shape, lora, Numeric.DEFAULT, 1);
    for (TensorLayout tensor : model.layout()) {
      long[] measures = tensor.shape().stream().mapToLong(Long::longValue).toArray();
      model.write(
          tensor.name(), Backend.Kind.WEIGHT, Nd4j.randn(DataType.FLOAT, measures).muli(0.3));
    }
    return model;
  }

  private static void needs(String modules) throws Exception {
    String python = System.getenv("ROOTSTOCK_PYTHON");
    assumeTrue(python != null, "skipped: ROOTSTOCK_PYTHON names no interpreter");
    String script = // looks without importing, which takes ten seconds
        "import sys; from importlib.util import find_spec; "
            + "sys.exit(not all(map(find_spec, sys.argv[1].split(', '))))";
    Process probe =
        new ProcessBuilder(python, "-c", script, modules).redirectErrorStream(true).start();
    probe.getInputStream().readAllBytes();
    assumeTrue(probe.waitFor() == 0, "skipped: " + python + " has not all of " + modules);
  }

  private Object python(String script, String... arguments)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(List.of(System.getenv("ROOTSTOCK_PYTHON"), "-c", script));
    command.addAll(List.of(arguments));
    Path log = temporary.resolve("python.log");
    ProcessBuilder builder = new ProcessBuilder(command).redirectError(log.toFile());
    builder.environment().put("HF_HUB_OFFLINE", "1");
    Process process = builder.start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(Files.readString(log)).isZero();
    return Json.parse(out.strip());
  }

  private void compare(Backend model, Object logits) {
    float[] ours = model.begin(new int[] {IDS[0]});
    for (int t = 0; t < IDS.length; t++) {
      List<?> theirs = (List<?>) ((List<?>) logits).get(t);
      for (int id = 0; id < ours.length; id++) {
        assertThat((double) ours[id])
            .isCloseTo(((Number) theirs.get(id)).doubleValue(), within(1e-4));
      }
      ours = t + 1 < IDS.length ? model.next(IDS[t + 1]) : ours;
    }
  }

  @ParameterizedTest
  @CsvSource({"LLAMA,4,true", "LLAMA,4,false", "LLAMA,2,true", "LLAMA,1,false", "GPT2,4,true"})
  void transformersComputesTheSameLogits(Family family, int kvHeads, boolean tied)
      throws Exception {
    needs("torch, transformers");
    ModelShape shape = shape(family, kvHeads, tied);
    try (Backend model = random(shape, Optional.empty())) {
      HuggingFaceFolder.write(
          temporary, shape, model, Map.of(), new HuggingFaceFolder.EndOfText("<|endoftext|>", 0));

      compare(
          model, python(LOGITS, temporary.toString(), Json.line(List.of(1, 5, 9, 2, 7, 7, 3, 10))));
    }
  }

  @ParameterizedTest
  @CsvSource({"LLAMA,2", "GPT2,4"})
  void peftComputesTheSameLogits(Family family, int kvHeads) throws Exception {
    needs("torch, transformers, peft");
    ModelShape shape = shape(family, kvHeads, true);
    LoraSpec lora = new LoraSpec(3, 12);
    Path base = Files.createDirectory(temporary.resolve("base"));
    Path adapter = Files.createDirectory(temporary.resolve("adapter"));
    try (Backend model = random(shape, Optional.of(lora))) {
      HuggingFaceFolder.write(
          base, shape, model, Map.of(), new HuggingFaceFolder.EndOfText("<|endoftext|>", 0));
      PeftFolder.write(adapter, shape, lora, model, "base");

      compare(
          model,
          python(
              LOGITS,
              base.toString(),
              Json.line(List.of(1, 5, 9, 2, 7, 7, 3, 10)),
              adapter.toString()));
    }
  }

  /** An adapter made by PEFT on an exported base, from its first values on all random. */
  private static final String ADAPT =
      """
      import json, sys, torch
      from transformers import AutoModelForCausalLM
      from peft import LoraConfig, get_peft_model
      torch.manual_seed(1)
      model = AutoModelForCausalLM.from_pretrained(sys.argv[1])
      config = LoraConfig(task_type="CAUSAL_LM", r=3, lora_alpha=5, lora_dropout=0.1,
          use_rslora=True, target_modules=json.loads(sys.argv[4]))
      model = get_peft_model(model, config).eval()
      for name, values in model.named_parameters():
          if "lora_" in name:
              torch.nn.init.normal_(values, std=0.3)
      model.save_pretrained(sys.argv[3])
      with torch.no_grad():
          logits = model(torch.tensor([json.loads(sys.argv[2])])).logits[0]
      print(json.dumps(logits.double().tolist()))
      """;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "LLAMA|2|[\"q_proj\",\"v_proj\",\"down_proj\"]",
        "LLAMA|4|\"all-linear\"",
        "GPT2|4|[\"c_attn\",\"c_fc\"]"
      })
  void anAdapterThatPeftMadeIsImportedOverItsBaseAndGoneOnWith(
      Family family, int kvHeads, String targets) throws Exception {
    needs("torch, transformers, peft");
    TinyWorld world = new TinyWorld(temporary.resolve("store"));
    ModelTokenizer tokenizer = ModelTokenizer.read(world.store, world.tokenizer.fingerprint());
    ModelShape shape = new ModelShape(family, 2, 16, 4, kvHeads, 4, 24, 257, 8, 1e-5, 10_000, true);
    Path base = Files.createDirectory(temporary.resolve("base"));
    Path adapter = Files.createDirectory(temporary.resolve("adapter"));
    try (Backend model = random(shape, Optional.empty())) {
      HuggingFaceFolder.write(base, shape, model, tokenizer.files(), tokenizer.endOfText());
      Object logits =
          python(
              ADAPT,
              base.toString(),
              Json.line(List.of(1, 5, 9, 2, 7, 7, 3, 10)),
              adapter.toString(),
              targets);
      LoraSpec lora = PeftFolder.readConfig(Files.readAllBytes(adapter.resolve(PeftFolder.CONFIG)));
      try (Backend beside = random(shape, Optional.of(lora))) {
        for (TensorLayout tensor : model.layout()) {
          beside.write(
              tensor.name(), Backend.Kind.WEIGHT, model.read(tensor.name(), Backend.Kind.WEIGHT));
        }
        PeftFolder.read(adapter, beside);
        compare(beside, logits);
      }
      CheckpointRef whole = imported(world, base, Optional.empty());
      CheckpointRef onIt = imported(world, adapter, Optional.of(whole));
      try (Backend opened = StoredModel.open(world.store, onIt, Numeric.DEFAULT, 1)) {
        compare(opened, logits);
      }
    }
  }

  private static CheckpointRef imported(TinyWorld world, Path folder, Optional<CheckpointRef> base)
      throws IOException {
    ImportOrder order = new ImportOrder(world.attempt(1), folder.toString(), base);
    try (ProgressLog progress = TinyWorld.log(line -> {})) {
      return new ImportVerb().carryOut(order, progress, new Stop()).checkpoint();
    }
  }

  private static final String CHAT =
      """
      import json, sys
      from transformers import AutoTokenizer
      tokenizer = AutoTokenizer.from_pretrained(sys.argv[1])
      result = []
      for template, messages, prompt in json.load(open(sys.argv[2], encoding="utf-8")):
          tokenizer.chat_template = template
          ids = tokenizer.apply_chat_template(
              messages, tokenize=True, add_generation_prompt=prompt, return_dict=False)
          result.append(ids)
      print(json.dumps(result))
      """;

  @Test
  void transformersWritesTheSameConversations() throws Exception {
    needs("torch, transformers");
    TinyWorld world = new TinyWorld(temporary.resolve("store"));
    ModelTokenizer tokenizer = ModelTokenizer.read(world.store, world.tokenizer.fingerprint());
    Path folder = Files.createDirectory(temporary.resolve("model"));
    HuggingFaceFolder.writeTokenizer(folder, tokenizer.files(), tokenizer.endOfText());
    String end = tokenizer.endOfText().spelling();
    List<List<Message>> conversations =
        List.of(
            List.of(new Message("user", "  Hi there "), new Message("assistant", "Hello\n")),
            List.of(
                new Message("system", " Be brief. "),
                new Message("user", "a {{ 1+1 }} <b> & \"q\" é 世"),
                new Message("assistant", "yes {% if %}"),
                new Message("user", "more?\n\n"),
                new Message("assistant", "<think>\nhm\n</think>\n\nno")));
    List<Object> asked = new ArrayList<>();
    List<int[]> ours = new ArrayList<>();
    for (String template : Templates.ALL) {
      for (List<Message> conversation : conversations) {
        for (boolean prompt : new boolean[] {false, true}) {
          asked.add(List.of(template, new Conversation(conversation).tree(), prompt));
          ours.add(
              tokenizer
                  .tokenizer()
                  .encodeWritten(new ChatTemplate(template, end, end).write(conversation, prompt)));
        }
      }
    }
    Path file = temporary.resolve("asked.json");
    Files.writeString(file, Json.line(asked));

    List<?> theirs = (List<?>) python(CHAT, folder.toString(), file.toString());

    for (int i = 0; i < ours.size(); i++) {
      List<Integer> ids =
          ((List<?>) theirs.get(i)).stream().map(id -> ((Number) id).intValue()).toList();
      assertThat(ours.get(i))
          .as(Json.line(asked.get(i)))
          .isEqualTo(ids.stream().mapToInt(Integer::intValue).toArray());
    }
  }

  @Test
  void transformersReadsTheTokenizerBesideTheModel() throws Exception {
    needs("torch, transformers");
    TinyWorld world = new TinyWorld(temporary.resolve("store"));
    ModelTokenizer tokenizer = ModelTokenizer.read(world.store, world.tokenizer.fingerprint());
    Path folder = Files.createDirectory(temporary.resolve("model"));
    try (Backend model = random(TinyWorld.LLAMA, Optional.empty())) {
      HuggingFaceFolder.write(
          folder, TinyWorld.LLAMA, model, tokenizer.files(), tokenizer.endOfText());
    }
    String script =
        "import sys, json; from transformers import AutoTokenizer; "
            + "t = AutoTokenizer.from_pretrained(sys.argv[1]); "
            + "print(json.dumps([t('Grüße, 世界!')['input_ids'], t.eos_token_id]))";

    List<?> read = (List<?>) python(script, folder.toString());

    List<Integer> ids =
        ((List<?>) read.get(0)).stream().map(id -> ((Number) id).intValue()).toList();
    assertThat(ids.stream().mapToInt(Integer::intValue).toArray())
        .isEqualTo(tokenizer.tokenizer().encode("Grüße, 世界!"));
    assertThat(((Number) read.get(1)).intValue()).isEqualTo(tokenizer.tokenizer().endOfText());
  }

  @Test
  void sacreBleuGivesTheSameScores() throws Exception {
    needs("sacrebleu");
    SplittableRandom random = new SplittableRandom(3);
    List<String> words =
        List.of("ein", "Hund", "läuft,", "3.5", "der", "(rote)", "Ball.", "\"ja\"", "4-5", "und");
    List<String> answers = new ArrayList<>();
    List<String> references = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      StringBuilder answer = new StringBuilder();
      StringBuilder reference = new StringBuilder();
      for (int word = 0; word < 4 + random.nextInt(8); word++) {
        String next = words.get(random.nextInt(words.size()));
        reference.append(next).append(' ');
        answer
            .append(random.nextInt(4) == 0 ? words.get(random.nextInt(words.size())) : next)
            .append(' ');
      }
      answers.add(answer.toString());
      references.add(reference.toString());
    }
    Path file = temporary.resolve("texts.json");
    Files.writeString(file, Json.line(List.of(answers, references)));
    String script =
        "import sys, json, sacrebleu; a, r = json.load(open(sys.argv[1], encoding='utf-8')); "
            + "print(json.dumps([sacrebleu.corpus_bleu(a, [r]).score, sacrebleu.corpus_chrf(a, [r]).score]))";

    List<?> scores = (List<?>) python(script, file.toString());

    assertThat(Bleu.of(answers, references))
        .isCloseTo(((Number) scores.get(0)).doubleValue(), within(1e-9));
    assertThat(Chrf.of(answers, references))
        .isCloseTo(((Number) scores.get(1)).doubleValue(), within(1e-9));
  }
}
