package dev.rootstock.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.rootstock.contract.CheckpointRef;
import dev.rootstock.contract.FinetuneResult;
import dev.rootstock.contract.InvalidConfig;
import dev.rootstock.contract.LoraSpec;
import dev.rootstock.contract.Metric;
import dev.rootstock.contract.PinnedFile;
import dev.rootstock.contract.Scores;
import dev.rootstock.contract.Stage;
import dev.rootstock.contract.TaskSpec;
import dev.rootstock.contract.TaskType;
import dev.rootstock.contract.engine.EvaluateOrder;
import dev.rootstock.contract.engine.ExportOrder;
import dev.rootstock.contract.engine.FinetuneOrder;
import dev.rootstock.contract.engine.GenerateOrder;
import dev.rootstock.contract.engine.Generated;
import dev.rootstock.contract.engine.ProgressLog;
import dev.rootstock.contract.engine.Stop;
import dev.rootstock.contract.store.Artifacts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
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
        new TaskSpec.Fields("text", "label", "source", "target"),
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
