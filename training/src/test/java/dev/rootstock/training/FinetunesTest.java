package dev.rootstock.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rootstock.contract.CheckpointRef;
import dev.rootstock.contract.FinetuneResult;
import dev.rootstock.contract.InvalidConfig;
import dev.rootstock.contract.Json;
import dev.rootstock.contract.LoraSpec;
import dev.rootstock.contract.PinnedFile;
import dev.rootstock.contract.TaskSpec;
import dev.rootstock.contract.TaskType;
import dev.rootstock.contract.engine.FinetuneOrder;
import dev.rootstock.contract.engine.FinetunesOrder;
import dev.rootstock.contract.engine.FinetunesResult;
import dev.rootstock.contract.engine.ProgressLog;
import dev.rootstock.contract.engine.Stop;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FinetunesTest {
  @TempDir private static Path temporary;
  private static TinyWorld alone;
  private static TinyWorld together;

  /** Two stores that hold the same: whatever one finetune makes is not found by the other. */
  @BeforeAll
  static void growABaseTwice() throws IOException {
    alone = new TinyWorld(temporary.resolve("alone"));
    together = new TinyWorld(temporary.resolve("together"));
  }

  private static CheckpointRef base(TinyWorld world) throws IOException {
    return world.run(world.pretrain(TinyWorld.LLAMA, 20, 0.02, TinyWorld.everySteps(1000)));
  }

  private static FinetuneOrder order(
      TinyWorld world, CheckpointRef base, String labels, LoraSpec lora, double rate, int epochs)
      throws IOException {
    StringBuilder csv = new StringBuilder("text,label\n");
    for (int i = 0; i < 60; i++) {
      csv.append(i * 37 % 100).append(i % 2 == 0 ? " cat," : " dog,");
      csv.append(labels.charAt(i % 2)).append('\n');
    }
    PinnedFile file = world.pinned("of-" + labels + ".csv", csv.toString());
    TaskSpec task =
        new TaskSpec(
            TaskType.CLASSIFY,
            List.of(file.content()),
            List.of(),
            new TaskSpec.Fields("text", "label", "source", "target"),
            TaskSpec.Format.AUTO,
            TaskSpec.Encoding.UTF_8,
            0.1,
            0.2,
            Optional.empty());
    return world.finetune(Optional.of(base), task, List.of(file), Optional.of(lora), rate, epochs);
  }

  private static List<FinetuneOrder> orders(TinyWorld world, CheckpointRef base)
      throws IOException {
    LoraSpec some =
        new LoraSpec(
            3, 6, Optional.of(0.1), Optional.of(List.of("q_proj", "down_proj")), Optional.empty());
    return List.of(
        order(world, base, "es", new LoraSpec(4, 8), 0.01, 1),
        order(world, base, "ab", new LoraSpec(2, 1e30), 0.9, 2),
        order(world, base, "no", some, 0.02, 3));
  }

  private static FinetunesResult run(List<FinetuneOrder> orders, List<String> lines)
      throws IOException {
    try (ProgressLog progress = TinyWorld.log(lines::add)) {
      return new FinetunesVerb()
          .carryOut(new FinetunesOrder(together.attempt(1), orders), progress, new Stop());
    }
  }

  private static byte[] file(TinyWorld world, FinetuneResult of, String name) throws IOException {
    return world.store.read(of.checkpoint().location() + "/" + name);
  }

  /** Lines without the clock's values. */
  private static List<Map<?, ?>> metrics(TinyWorld world, FinetuneResult of) throws IOException {
    List<Map<?, ?>> lines = new ArrayList<>();
    for (String line :
        new String(file(world, of, Metrics.NAME), StandardCharsets.UTF_8).split("\n")) {
      Map<?, ?> copy = new LinkedHashMap<>((Map<?, ?>) Json.parse(line));
      copy.remove("time");
      lines.add(copy);
    }
    return lines;
  }

  @Test
  void togetherEachComesToTheBytesItComesToAloneAndTheOneThatDivergesFailsAlone() throws Exception {
    List<FinetuneOrder> single = orders(alone, base(alone));
    List<FinetuneOrder> grouped = new ArrayList<>(orders(together, base(together)));
    FinetuneOrder last =
        order(together, grouped.get(0).base().orElseThrow(), "yx", new LoraSpec(1, 1), 0.01, 1);
    Files.writeString(Path.of(last.data().get(0).uri()), "text,label\n1 cat,\n");
    grouped.add(last);
    List<String> lines = Collections.synchronizedList(new ArrayList<>());
    FinetunesResult result = run(grouped, lines);

    for (int job : new int[] {0, 2}) {
      FinetuneResult mine = result.jobs().get(job).result().orElseThrow();
      FinetuneResult own;
      try (ProgressLog progress = TinyWorld.log(line -> {})) {
        own = new FinetuneVerb().carryOut(single.get(job), progress, new Stop());
      }
      for (String name : List.of("adapter_model.safetensors", "adapter_config.json")) {
        assertThat(file(together, mine, name)).as(name).isEqualTo(file(alone, own, name));
      }
      assertThat(metrics(together, mine)).isEqualTo(metrics(alone, own));
      assertThat(mine.checkpoint()).isEqualTo(own.checkpoint());
      assertThat(mine.scores()).isEqualTo(own.scores());
      assertThat(mine.before()).isEqualTo(own.before());
      assertThat(mine.steps()).isEqualTo(own.steps());
      assertThat(mine.sample()).isEqualTo(own.sample());
    }
    assertThat(result.jobs().get(0).result().orElseThrow().steps())
        .isNotEqualTo(result.jobs().get(2).result().orElseThrow().steps());
    assertThat(result.jobs().get(1).result()).isEmpty();
    assertThat(result.jobs().get(1).failure().orElseThrow().kind()).isEqualTo("Diverged");
    assertThat(result.jobs().get(3).failure()).isPresent();
    assertThat(lines).anyMatch(line -> line.contains("job 3 of 4: step "));
    assertThat(lines).anyMatch(line -> line.contains("job 2 of 4 failed: "));

    assertThat(run(grouped.subList(0, 1), lines).jobs().get(0)) // found, not made again
        .isEqualTo(result.jobs().get(0));
  }

  @Test
  void whatSharesNoBaseIsRefusedBeforeAnythingIsLearned() throws Exception {
    CheckpointRef base = base(together);
    FinetuneOrder good = orders(together, base).get(0);
    FinetuneOrder full =
        together.finetune(
            Optional.of(base), good.finetune().task(), good.data(), Optional.empty(), 0.01, 1);

    assertThatThrownBy(() -> run(List.of(good, full), new ArrayList<>()))
        .isInstanceOf(InvalidConfig.class)
        .hasMessageContaining("jobs.1.finetune.lora is missing; it must be given");
    assertThatThrownBy(() -> run(List.of(), new ArrayList<>()))
        .hasMessageContaining("jobs is none; it must be at least one");
  }
}
