package dev.rootstock.console.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rootstock.contract.CanonicalJson;
import dev.rootstock.contract.Fingerprint;
import dev.rootstock.contract.Json;
import dev.rootstock.contract.PretrainSpec;
import dev.rootstock.contract.Stage;
import dev.rootstock.contract.TokenizerRef;
import dev.rootstock.contract.TokensRef;
import dev.rootstock.contract.engine.Attempt;
import dev.rootstock.contract.engine.Cadence;
import dev.rootstock.contract.engine.EngineExit;
import dev.rootstock.contract.engine.Failure;
import dev.rootstock.contract.engine.PretrainOrder;
import dev.rootstock.contract.store.ArtifactStore;
import dev.rootstock.contract.store.Artifacts;
import dev.rootstock.contract.store.Checkpoints;
import dev.rootstock.contract.store.Claim;
import dev.rootstock.contract.store.Manifest;
import dev.rootstock.contract.store.Series;
import dev.rootstock.contract.store.Stores;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The trainer in {@code examples/own-trainer}, on all the ways its README describes. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class OwnTrainerIT {
  private static final Path TRAINER =
      Path.of("../../examples/own-trainer/trainer.py").toAbsolutePath().normalize();
  private static final int STEPS = 200;
  private static final Map<String, String> PATIENT =
      Map.of("OMP_WAIT_POLICY", "PASSIVE"); // spinning threads starve one another on a busy machine

  @TempDir private Path folder;
  private String python;

  @BeforeEach
  void aSmallWorld() throws Exception {
    CommandLineProcess.assumeEnginesAreBuilt();
    python = System.getenv("ROOTSTOCK_TORCH");
    assumeTrue(python != null, "skipped: ROOTSTOCK_TORCH names no interpreter with torch");
    Process probe =
        new ProcessBuilder(python, "-c", "import pyarrow, transformers")
            .redirectErrorStream(true)
            .start();
    probe.getInputStream().readAllBytes();
    assumeTrue(probe.waitFor() == 0, "skipped: " + python + " has no pyarrow or transformers");
    StringBuilder corpus = new StringBuilder();
    StringBuilder rows = new StringBuilder("text,label\n");
    String[] plants = {"apple", "pear", "plum", "quince", "cherry"};
    for (int i = 0; i < 200; i++) {
      String plant = plants[i % plants.length];
      corpus.append(plant).append(' ').append(i * 7919 % 1000).append(" grows by root ");
      corpus.append(plants[i / 5 % 5]).append(' ').append(i * i).append(".\n\n");
      rows.append("the ").append(plant).append(i % 2 == 0 ? " grows " : " withers ").append(i);
      rows.append(i % 2 == 0 ? ",good\n" : ",bad\n");
    }
    Files.writeString(folder.resolve("corpus.txt"), corpus);
    Files.writeString(folder.resolve("rows.csv"), rows);
    Files.writeString(
        folder.resolve("pipeline.yaml"),
        """
        name: garden
        corpus:
          sources: [{ path: corpus.txt, format: paragraphs }]
          clean: { recipe: basic, minCharacters: 10 }
        store: store
        tokenizer: { vocabulary: 300 }
        model: { depth: 1 }
        pretrain:
          context: 16
          batch: 4
          tokens: %d
          save: { checkpointSteps: 25, keep: 100 }
          trainer: { name: torch-llama, version: 1 }
        finetunes:
          - { name: mood, task: classify, data: rows.csv, epochs: 1, batch: 32 }
        """
            .formatted(STEPS * 4 * 16));
  }

  private void know(int version) throws IOException {
    Files.createDirectories(folder.resolve("trainers"));
    Files.writeString(
        folder.resolve("trainers/torch-llama.json"),
        Json.line(
            Map.of(
                "version",
                version,
                "command",
                List.of(
                    python,
                    "-m",
                    "torch.distributed.run",
                    "--standalone",
                    "--nproc-per-node",
                    "1",
                    TRAINER.toString()),
                "environment",
                PATIENT)));
  }

  private CommandLineProcess run() throws IOException {
    return CommandLineProcess.start(
        folder,
        Map.of("ROOTSTOCK_TRAINERS", folder.resolve("trainers").toString()),
        List.of("run", "pipeline.yaml", "--name", "one"));
  }

  @Test
  void killedAndResumedItsBaseIsFinetunedByUs() throws Exception {
    know(1);
    CommandLineProcess run = run();
    awaitCheckpoint(run.handle(), folder.resolve("store"), 50);
    List<ProcessHandle> trainer =
        run.handle()
            .descendants()
            .filter(process -> process.info().command().orElse("").contains("python"))
            .toList();
    assertThat(trainer).isNotEmpty();
    trainer.forEach(ProcessHandle::destroyForcibly);
    CommandLineProcess.Ended ended = run.end();

    assertThat(ended.exit()).as(ended.err()).isZero();
    assertThat(ended.out()).contains("garden@1").contains("garden-mood@1");
    Manifest base = base(folder.resolve("store"));
    assertThat(Fingerprint.ofForm(base.form())).isEqualTo(base.fingerprint());
    try (ArtifactStore store = Stores.open(folder.resolve("store").toString())) {
      assertThat(Artifacts.faults(store, Stage.PRETRAIN.at(base.fingerprint()))).isEmpty();
      List<Claim> claims =
          new Checkpoints(store, base.fingerprint())
              .claims().all().stream().map(Series.Entry::value).toList();
      assertThat(claims).hasSize(2);
      assertThat(claims.get(1).resumeFrom()).isBetween(50L, STEPS - 1L);
      assertThat(metrics(store, base)).hasSize(STEPS);
    }
    Path text = Files.writeString(folder.resolve("text.txt"), "apple 3 grows by root pear 9.");
    CommandLineProcess.Ended read =
        CommandLineProcess.run(
            folder, "eval", "garden", text.toString(), "--store", "store", "-o", "json");
    assertThat(read.exit()).as(read.err()).isZero();
    assertThat(read.out()).contains("bits");

    sigtermSavesAndByHandItGoesOnToTheSameBytes(base);
  }

  private void sigtermSavesAndByHandItGoesOnToTheSameBytes(Manifest base) throws Exception {
    Path other = folder.resolve("other");
    for (String part : List.of("tokens", "tokenizers", "segments")) {
      copy(folder.resolve("store").resolve(part), other.resolve(part));
    }
    Path result = folder.resolve("result.json");
    Process stopped = byHand(base, other, result);
    awaitCheckpoint(stopped.toHandle(), other, 25);
    stopped.toHandle().destroy();
    assertThat(stopped.waitFor()).isEqualTo(EngineExit.RESUMABLE);
    Failure told = CanonicalJson.read(Files.readString(result), Failure.class);
    assertThat(told.exit()).contains(EngineExit.RESUMABLE);
    assertThat(told.message()).startsWith("saved step");

    assertThat(byHand(base, other, result).waitFor()).isZero();
    assertThat(weights(base(other))).isEqualTo(weights(base));
  }

  @Test
  void aVersionThatThisMachineDoesNotHaveIsRefusedAtOnce() throws Exception {
    know(2);

    CommandLineProcess.Ended ended = run().end();

    assertThat(ended.exit()).as(ended.err()).isEqualTo(2);
    assertThat(ended.err()).contains("pretrain.trainer.version is 1; it must be the one that");
  }

  private Process byHand(Manifest base, Path store, Path result) throws IOException {
    PretrainOrder order;
    try (ArtifactStore artifacts = Stores.open(store.toString())) {
      Map<?, ?> inputs = (Map<?, ?>) base.form().get("inputs");
      order =
          new PretrainOrder(
              new Attempt(store.toUri().toString(), "by-hand", 1, 2),
              base.fingerprint(),
              Artifacts.read(artifacts, "tokens/" + inputs.get("tokens"))
                  .orElseThrow()
                  .result(TokensRef.class),
              Artifacts.read(artifacts, "tokenizers/" + inputs.get("tokenizer"))
                  .orElseThrow()
                  .result(TokenizerRef.class),
              CanonicalJson.fromTree(base.form().get("spec"), PretrainSpec.class),
              new Cadence(Duration.ofMinutes(1), Optional.of(25L), 100, 0, Optional.empty(), 0));
    }
    Path file = folder.resolve("order.json");
    Files.writeString(file, CanonicalJson.pretty(order));
    ProcessBuilder builder =
        new ProcessBuilder(
                python, TRAINER.toString(), "pretrain", file.toString(), result.toString())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(folder.resolve("by-hand.log").toFile());
    builder.environment().putAll(PATIENT);
    return builder.start();
  }

  private static void awaitCheckpoint(ProcessHandle process, Path store, long step)
      throws Exception {
    while (process.isAlive() && RunIT.newestCheckpoint(store) < step) {
      TimeUnit.MILLISECONDS.sleep(20); // between looks
    }
    assertThat(process.isAlive()).isTrue();
  }

  private static List<String> metrics(ArtifactStore store, Manifest base) throws IOException {
    String key =
        base.files().stream()
            .filter(file -> file.name().equals("metrics.jsonl"))
            .findFirst()
            .orElseThrow()
            .key(Stage.PRETRAIN.at(base.fingerprint()));
    return new String(store.read(key), StandardCharsets.UTF_8).lines().toList();
  }

  private static Manifest base(Path store) throws IOException {
    try (ArtifactStore artifacts = Stores.open(store.toString())) {
      for (String key : artifacts.list("checkpoints/")) {
        if (key.matches("checkpoints/[0-9a-f]{32}/manifest\\.json")) {
          Manifest made =
              Artifacts.read(artifacts, key.substring(0, key.lastIndexOf('/'))).orElseThrow();
          if (made.stage() == Stage.PRETRAIN) {
            return made;
          }
        }
      }
    }
    throw new AssertionError("no finished base in " + store);
  }

  private static String weights(Manifest base) {
    return base.files().stream()
        .filter(file -> file.name().equals("model.safetensors"))
        .findFirst()
        .orElseThrow()
        .sha256();
  }

  static void copy(Path from, Path to) throws IOException {
    List<Path> files = new ArrayList<>();
    try (Stream<Path> walk = Files.walk(from)) {
      walk.filter(Files::isRegularFile).forEach(files::add);
    }
    for (Path file : files) {
      Path place = to.resolve(from.relativize(file).toString());
      Files.createDirectories(place.getParent());
      Files.copy(file, place);
    }
  }
}
