package dev.rootstock.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.rootstock.contract.CheckpointRef;
import dev.rootstock.contract.FinetuneResult;
import dev.rootstock.contract.FinetuneSpec;
import dev.rootstock.contract.Fingerprint;
import dev.rootstock.contract.FreezeSpec;
import dev.rootstock.contract.InvalidConfig;
import dev.rootstock.contract.LoraSpec;
import dev.rootstock.contract.Metric;
import dev.rootstock.contract.ModelShape;
import dev.rootstock.contract.Numeric;
import dev.rootstock.contract.PinnedFile;
import dev.rootstock.contract.Scores;
import dev.rootstock.contract.Stage;
import dev.rootstock.contract.StoppingSpec;
import dev.rootstock.contract.TaskSpec;
import dev.rootstock.contract.TaskType;
import dev.rootstock.contract.engine.EvaluateOrder;
import dev.rootstock.contract.engine.ExportOrder;
import dev.rootstock.contract.engine.FinetuneOrder;
import dev.rootstock.contract.engine.GenerateOrder;
import dev.rootstock.contract.engine.Generated;
import dev.rootstock.contract.engine.ProgressLog;
import dev.rootstock.contract.engine.Stop;
import dev.rootstock.contract.engine.WeighOrder;
import dev.rootstock.contract.store.Artifacts;
import dev.rootstock.contract.task.TaskRow;
import dev.rootstock.training.backend.Backend;
import dev.rootstock.training.checkpoint.ForeignFolder;
import dev.rootstock.training.data.TaskExamples;
import dev.rootstock.training.model.TensorLayout;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FinetuneTest {
  @TempDir private static Path temporary;
  private static TinyWorld world;
  private static CheckpointRef base;
  private static PinnedFile reviews;

  @BeforeAll
  static void growABase() throws IOException {
    world = new TinyWorld(temporary.resolve("store"));
    base = world.run(world.pretrain(TinyWorld.LLAMA, 150, 0.02, TinyWorld.everySteps(1000)));
    StringBuilder csv = new StringBuilder("text,label\n");
    SplittableRandom random =
        new SplittableRandom(
            2); // words and labels of letters the base has read: an adapter leaves embeddings alone
    for (int i = 0; i < 120; i++) {
      csv.append(random.nextInt(1000))
          .append(i % 2 == 0 ? " cat," : " dog,")
          .append(i % 2 == 0 ? "e\n" : "s\n");
    }
    reviews = world.pinned("reviews.csv", csv.toString());
  }

  private static TaskSpec task(TaskType type, PinnedFile file) {
    return new TaskSpec(
        type,
        List.of(file.content()),
        List.of(),
        new TaskSpec.Fields(
            type == TaskType.CHAT ? "messages" : "text", "label", "source", "target"),
        TaskSpec.Format.AUTO,
        TaskSpec.Encoding.UTF_8,
        0.1,
        0.2,
        Optional.empty());
  }

  private static FinetuneOrder classify(
      Optional<CheckpointRef> from, Optional<LoraSpec> lora, double rate, int epochs) {
    return world.finetune(
        from, task(TaskType.CLASSIFY, reviews), List.of(reviews), lora, rate, epochs);
  }

  private static FinetuneResult run(FinetuneOrder order) throws IOException {
    try (ProgressLog progress = TinyWorld.log(line -> {})) {
      return new FinetuneVerb().carryOut(order, progress, new Stop());
    }
  }

  private static Scores evaluate(CheckpointRef model) throws IOException {
    try (ProgressLog progress = TinyWorld.log(line -> {})) {
      return new EvaluateVerb()
          .carryOut(
              new EvaluateOrder(
                  world.attempt(1),
                  model,
                  task(TaskType.CLASSIFY, reviews),
                  List.of(reviews),
                  List.of()),
              progress,
              new Stop());
    }
  }

  @Test
  void anAdapterLearnsATaskAndIsStoredBesideItsBase() throws IOException {
    FinetuneResult result =
        run(classify(Optional.of(base), Optional.of(new LoraSpec(8, 16)), 0.02, 20));

    assertThat(result.scores().find(Metric.ACCURACY)).contains(1.0);
    assertThat(result.scores().find(Metric.MACRO_F1)).contains(1.0);
    assertThat(result.before().orElseThrow().find(Metric.ACCURACY).orElseThrow()).isLessThan(0.9);
    assertThat(result.heldOutBefore().orElseThrow())
        .isLessThan(result.heldOutAfter().orElseThrow());
    assertThat(result.checkpoint().base()).contains(base.location());
    assertThat(result.trainable()).isLessThan(TinyWorld.LLAMA.parameters());
    assertThat(result.sample().orElseThrow()).contains(" => ");
    assertThat(
            Artifacts.find(world.store, Stage.FINETUNE, result.checkpoint().fingerprint())
                .orElseThrow()
                .files())
        .extracting(file -> file.name())
        .contains(
            "adapter_config.json", "adapter_model.safetensors", "tokenizer.json", "metrics.jsonl")
        .doesNotContain("model.safetensors", "optimizer.safetensors", "trainer_state.json");
    assertThat(evaluate(result.checkpoint()).values()).isEqualTo(result.scores().values());
  }

  @Test
  void allWeightsLearnATaskToo() throws IOException {
    FinetuneOrder order = classify(Optional.of(base), Optional.empty(), 0.01, 20);
    FinetuneResult result = run(order);

    assertThat(result.scores().find(Metric.ACCURACY)).contains(1.0);
    assertThat(result.checkpoint().base()).isEmpty();
    assertThat(result.trainable()).isEqualTo(TinyWorld.LLAMA.parameters());
    assertThat(result.spent().tokens()).isPositive();
    assertThat(evaluate(result.checkpoint()).values()).isEqualTo(result.scores().values());
    assertThat(run(order)).isEqualTo(result);
  }

  @Test
  void randomWeightsLearnLessInTheSameFewSteps() throws IOException {
    FinetuneResult grafted = run(classify(Optional.of(base), Optional.empty(), 0.005, 2));
    FinetuneResult scratch = run(classify(Optional.empty(), Optional.empty(), 0.005, 2));

    assertThat(scratch.before()).isEmpty();
    assertThat(scratch.heldOutBefore()).isEmpty();
    assertThat(devLoss(scratch)).isGreaterThan(devLoss(grafted));
  }

  private static double devLoss(FinetuneResult result) throws IOException {
    byte[] metrics = world.store.read(result.checkpoint().location() + "/" + Metrics.NAME);
    return new String(metrics, StandardCharsets.UTF_8)
        .lines()
        .filter(line -> line.contains("eval_loss"))
        .mapToDouble(
            line -> Double.parseDouble(line.replaceAll(".*\"eval_loss\":([0-9.eE-]+).*", "$1")))
        .min()
        .orElseThrow();
  }

  @Test
  void textToTextLearnsToAnswer() throws IOException {
    StringBuilder tsv = new StringBuilder("source\ttarget\n");
    for (int i = 0; i < 60; i++) {
      tsv.append(i % 2 == 0 ? "up" : "dn")
          .append(i)
          .append('\t')
          .append(i % 2 == 0 ? "aa" : "bb")
          .append('\n');
    }
    PinnedFile pairs = world.pinned("pairs.tsv", tsv.toString());
    FinetuneResult result =
        run(
            world.finetune(
                Optional.of(base),
                task(TaskType.SEQ2SEQ, pairs),
                List.of(pairs),
                Optional.empty(),
                0.01,
                20));

    assertThat(result.scores().find(Metric.EXACT_MATCH)).contains(1.0);
    assertThat(result.scores().find(Metric.CHRF).orElseThrow()).isCloseTo(100, within(1e-9));
  }

  @Test
  void moreTextOfOneKindLowersItsBitsPerByte() throws IOException {
    PinnedFile text =
        world.pinned(
            "more.txt",
            "zebra zebra zoo.\n".repeat(3) + "zoo zebra zip.\nzip zoo zoo.\n".repeat(20));
    FinetuneResult result =
        run(
            world.finetune(
                Optional.of(base),
                task(TaskType.LANGUAGE_MODEL, text),
                List.of(text),
                Optional.empty(),
                0.01,
                6));

    assertThat(result.scores().find(Metric.BITS_PER_BYTE).orElseThrow())
        .isLessThan(0.7 * result.before().orElseThrow().find(Metric.BITS_PER_BYTE).orElseThrow());
  }

  @Test
  void conversationsTeachTheAssistantsTurnsAlone() throws IOException {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 60; i++) {
      lines.append(
          i % 2 == 0
              ? "{\"messages\":[{\"role\":\"user\",\"content\":\"up"
                  + i
                  + "\"},{\"role\":\"assistant\",\"content\":\"aa\"}]}\n"
              : "{\"conversations\":[{\"from\":\"human\",\"value\":\"dn"
                  + i
                  + "\"},{\"from\":\"gpt\",\"value\":\"bb\"}]}\n");
    }
    PinnedFile chats = world.pinned("chats.jsonl", lines.toString());
    FinetuneOrder order =
        world.finetune(
            Optional.empty(),
            task(TaskType.CHAT, chats),
            List.of(chats),
            Optional.empty(),
            0.01,
            30);
    ModelShape wide = // a turn's marks are spelled out where the tokenizer has no tokens for them
        new ModelShape(
            ModelShape.Family.LLAMA,
            2,
            32,
            2,
            2,
            16,
            64,
            TinyWorld.LLAMA.vocabulary(),
            128,
            1e-5,
            10_000,
            true);
    FinetuneSpec learned = order.finetune();
    FinetuneSpec spec =
        new FinetuneSpec(
            learned.task(),
            learned.method(),
            Optional.empty(),
            30,
            8,
            0.01,
            5,
            10,
            learned.optimizer(),
            3,
            learned.numeric(),
            Optional.of(wide),
            Optional.empty(),
            Optional.of(true),
            Optional.of(new StoppingSpec(Optional.of(Metric.BITS_PER_BYTE), 0.001, 8)),
            Optional.of(FinetuneSpec.Turns.LAST));
    Fingerprint name = Fingerprint.of(Stage.FINETUNE, FinetuneVerb.inputs(order), spec);
    FinetuneResult result =
        run(
            new FinetuneOrder(
                order.attempt(),
                name,
                order.base(),
                order.tokenizer(),
                spec,
                order.data(),
                List.of(),
                Optional.empty()));

    assertThat(result.scores().find(Metric.BITS_PER_BYTE).orElseThrow()).isLessThan(0.05);
    assertThat(result.sample().orElseThrow())
        .matches("(?s)up\\d+ => aa \\(wanted: aa\\)|dn\\d+ => bb \\(wanted: bb\\)");
  }

  @Test
  void frozenWeightsKeepTheirBits() throws IOException {
    FinetuneOrder order = classify(Optional.of(base), Optional.empty(), 0.01, 2);
    FinetuneSpec whole = order.finetune();
    FinetuneSpec spec =
        new FinetuneSpec(
            whole.task(),
            whole.method(),
            Optional.empty(),
            2,
            8,
            0.01,
            5,
            10,
            whole.optimizer(),
            3,
            whole.numeric(),
            Optional.empty(),
            Optional.of(new FreezeSpec(true, 1, List.of("*norm.weight"))),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    Fingerprint name = Fingerprint.of(Stage.FINETUNE, FinetuneVerb.inputs(order), spec);
    CheckpointRef half =
        run(new FinetuneOrder(
                order.attempt(),
                name,
                order.base(),
                order.tokenizer(),
                spec,
                order.data(),
                List.of(),
                Optional.empty()))
            .checkpoint();

    try (Backend before = StoredModel.open(world.store, base, Numeric.DEFAULT, 1);
        Backend after = StoredModel.open(world.store, half, Numeric.DEFAULT, 1)) {
      for (TensorLayout tensor : before.layout()) {
        boolean learns =
            tensor.name().startsWith("model.layers.1.") && !tensor.name().endsWith("norm.weight");
        assertThat(
                before
                    .read(tensor.name(), Backend.Kind.WEIGHT)
                    .equalsWithEps(after.read(tensor.name(), Backend.Kind.WEIGHT), 0))
            .as(tensor.name())
            .isEqualTo(!learns);
      }
    }
  }

  @Test
  void anAdapterThatWasMadeElsewhereIsEvaluatedAsIfItWereOurs() throws IOException {
    CheckpointRef ours =
        run(classify(Optional.of(base), Optional.of(new LoraSpec(4, 8)), 0.02, 3)).checkpoint();
    Path folder = Files.createDirectories(temporary.resolve("adapter"));
    for (String file : List.of("adapter_config.json", "adapter_model.safetensors")) {
      Files.write(folder.resolve(file), world.store.read(ours.location() + "/" + file));
    }

    CheckpointRef imported = takeOver(folder);

    assertThat(takeOver(folder)).isEqualTo(imported);
    assertThat(evaluate(imported)).isEqualTo(evaluate(ours));
    Path out = temporary.resolve("out");
    ExportOrder order =
        new ExportOrder(
            world.attempt(1),
            imported,
            out.toString(),
            Optional.empty(),
            1,
            ExportOrder.Content.ADAPTER);
    try (ProgressLog progress = TinyWorld.log(line -> {})) {
      assertThat(new ExportVerb().carryOut(order, progress, new Stop()).files())
          .contains("adapter_config.json", "adapter_model.safetensors", "tokenizer.json")
          .doesNotContain("model.safetensors", "metrics.jsonl");
    }
    for (String file : List.of("adapter_config.json", "adapter_model.safetensors")) {
      assertThat(out.resolve(file)).hasSameBinaryContentAs(folder.resolve(file));
    }
    Files.writeString(
        folder.resolve("adapter_config.json"),
        "{\"peft_type\":\"LORA\",\"r\":4,\"lora_alpha\":8,\"bias\":\"all\"}");
    assertThatThrownBy(() -> takeOver(folder))
        .isInstanceOf(InvalidConfig.class)
        .hasMessageContaining("trained biases");
    Files.writeString(
        folder.resolve("adapter_config.json"), "{\"peft_type\":\"LORA\",\"r\":5,\"lora_alpha\":8}");
    assertThatThrownBy(() -> takeOver(folder))
        .isInstanceOf(InvalidConfig.class)
        .hasMessageContaining("layers.0.self_attn.q_proj.lora_A.weight has shape [4,")
        .hasMessageContaining("layers.1.mlp.down_proj.lora_B.weight has shape")
        .hasMessageContaining("rank and base need [5,");
    Files.delete(folder.resolve("adapter_model.safetensors"));
    assertThatThrownBy(() -> takeOver(folder))
        .hasMessageContaining("adapter_model.safetensors is missing");
  }

  private CheckpointRef takeOver(Path folder) throws IOException {
    return AdapterImport.store(world.store, new ForeignFolder(folder), base, world.attempt(1))
        .checkpoint();
  }

  @Test
  void memoryIsCountedOfTheRowsThatThereAreAndNotOfTheContext() throws IOException {
    int context = 1 << 18;
    ModelShape wide =
        new ModelShape(
            ModelShape.Family.LLAMA, 1, 16, 2, 1, 8, 32, 257, context, 1e-5, 10_000, true);
    TaskExamples examples =
        TaskExamples.of(TaskType.CLASSIFY, TinyWorld.TOKENIZER, context, List.of("e", "s"));
    TaskRow row = new TaskRow("7 cat", "e", "reviews.csv", 2);
    int positions = examples.of(List.of(row)).get(0).ids().length - 1;

    RowLengths lengths = RowLengths.of(examples, examples.of(List.of(row)), List.of());

    assertThat(lengths).isEqualTo(new RowLengths(positions + 64, 1024));
    WeighOrder order =
        new WeighOrder(world.attempt(1), List.of(training(wide, 80), training(wide, context)));
    try (ProgressLog progress = TinyWorld.log(line -> {})) {
      List<Long> bytes = new WeighVerb().carryOut(order, progress, new Stop()).bytes();
      assertThat(bytes.get(0)).isLessThan(bytes.get(1) / 10);
    }
  }

  private static WeighOrder.Training training(ModelShape shape, int row) {
    return new WeighOrder.Training(
        shape, Numeric.DEFAULT, Optional.empty(), Optional.empty(), 1, row);
  }

  @Test
  void saysWhatIsWrongWithConversations() {
    PinnedFile chats =
        world.pinned(
            "wrong.jsonl",
            "{\"messages\":[{\"role\":\"user\",\"content\":\"a\"}]}\n"
                + "{\"messages\":[{\"role\":\"bot\",\"content\":\"a\"}]}\n"
                + "{\"messages\":[{\"role\":\"assistant\",\"content\":null}]}\n"
                + "{\"mesages\":[]}\n");
    TaskSpec task = task(TaskType.CHAT, chats);

    assertThatThrownBy(
            () ->
                run(
                    world.finetune(
                        Optional.of(base), task, List.of(chats), Optional.empty(), 0.01, 1)))
        .isInstanceOf(InvalidConfig.class)
        .hasMessageContaining("line 1 is a conversation in which the assistant says nothing")
        .hasMessageContaining("line 2 is message 1 of the role \"bot\"")
        .hasMessageContaining("line 3 is a message assistant whose content is not text")
        .hasMessageContaining("Did you mean mesages?");
  }

  @Test
  void saysWhatIsWrongWithTheRows() {
    PinnedFile stars = world.pinned("stars.csv", "text,stars\ngood,5\n");

    assertThatThrownBy(
            () ->
                run(
                    world.finetune(
                        Optional.of(base),
                        task(TaskType.CLASSIFY, stars),
                        List.of(stars),
                        Optional.empty(),
                        0.01,
                        1)))
        .isInstanceOf(InvalidConfig.class)
        .hasMessageContaining("column label of stars.csv is not found")
        .hasMessageContaining("the header has text,stars")
        .hasMessageContaining("Did you mean stars?");
  }

  @Test
  void goesOnFromPromptsAndTheSeedDecides() throws Exception {
    GenerateOrder order =
        new GenerateOrder(world.attempt(1), base, List.of("the cat", ""), 24, 0.8, 0.95, 3);
    try (ProgressLog progress = TinyWorld.log(line -> {})) {
      Generated first = new GenerateVerb().carryOut(order, progress, new Stop());
      Generated second = new GenerateVerb().carryOut(order, progress, new Stop());

      assertThat(first).isEqualTo(second);
      assertThat(first.answers()).hasSize(2);
      assertThat(first.answers().get(0).ids()).hasSizeBetween(1, 24);
    }
  }

  @Test
  void anAnswerEndsBeforeAStopAndIsTheSameUntilThere() throws Exception {
    try (ProgressLog progress = TinyWorld.log(line -> {})) {
      Generated whole = new GenerateVerb().carryOut(answers(List.of()), progress, new Stop());
      String text = whole.answers().get(0).text();
      String stop = text.substring(text.length() / 2, text.length() / 2 + 3);

      Generated cut = new GenerateVerb().carryOut(answers(List.of(stop)), progress, new Stop());

      assertThat(cut.answers().get(0).text()).isEqualTo(text.substring(0, text.indexOf(stop)));
      assertThat(cut.answers().get(0).ids().size()).isLessThan(whole.answers().get(0).ids().size());
    }
  }

  private GenerateOrder answers(List<String> stops) {
    return new GenerateOrder(
        world.attempt(1),
        base,
        List.of("the cat"),
        24,
        0,
        1,
        3,
        0,
        1,
        stops,
        GenerateOrder.Form.PLAIN);
  }

  @Test
  void exportsAnAdapterMergedAndNeverIntoAFullFolder() throws IOException {
    FinetuneResult result =
        run(classify(Optional.of(base), Optional.of(new LoraSpec(2, 4)), 0.01, 1));
    ExportOrder order =
        new ExportOrder(
            world.attempt(1), result.checkpoint(), temporary.resolve("exported").toString());
    try (ProgressLog progress = TinyWorld.log(line -> {})) {
      assertThat(new ExportVerb().carryOut(order, progress, new Stop()).files())
          .contains("config.json", "model.safetensors", "tokenizer.json");
      assertThatThrownBy(() -> new ExportVerb().carryOut(order, progress, new Stop()))
          .isInstanceOf(InvalidConfig.class)
          .hasMessageContaining("not empty");
    }
  }
}
