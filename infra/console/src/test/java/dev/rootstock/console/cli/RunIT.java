package dev.rootstock.console.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootstock.activities.registry.ModelRegistry;
import dev.rootstock.console.PipelineFile;
import dev.rootstock.console.Platform;
import dev.rootstock.console.Run;
import dev.rootstock.console.Session;
import dev.rootstock.console.Workspace;
import dev.rootstock.contract.Json;
import dev.rootstock.contract.Stage;
import dev.rootstock.contract.pipeline.PipelineSpec;
import dev.rootstock.contract.store.ArtifactStore;
import dev.rootstock.contract.store.Artifacts;
import dev.rootstock.contract.store.Stores;
import dev.rootstock.workflows.PipelineResult;
import dev.rootstock.workflows.StageOutcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whole pipelines with the real engines and the server within the process. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class RunIT {
  private static final Pattern CHECKPOINT =
      Pattern.compile("checkpoints/[0-9a-f]{32}/step-(\\d+)/manifest\\.json");

  /** What is made of the corpus before a base is grown of it. */
  private static final List<String> DATASET =
      List.of("corpora", "documents", "segments", "tokenizers", "tokens");

  @TempDir private static Path grown; // a world whose base is there already
  @TempDir private Path folder;

  @BeforeAll
  static void aGrownWorld() throws Exception {
    CommandLineProcess.assumeEnginesAreBuilt();
    aSmallWorld(grown);
    CommandLineProcess.Ended ended =
        CommandLineProcess.run(grown, "run", "pipeline.yaml", "finetunes=[]");
    assertThat(ended.exit()).as(ended.err()).isZero();
  }

  @BeforeEach
  void aSmallWorld() throws IOException {
    aSmallWorld(folder);
  }

  /** Spares a test what it does not ask about: starting three engines takes most of a small run. */
  private static void copy(List<String> parts, Path store) throws IOException {
    for (String part : parts) {
      OwnTrainerIT.copy(grown.resolve("store").resolve(part), store.resolve(part));
    }
  }

  private static void aSmallWorld(Path folder) throws IOException {
    StringBuilder corpus = new StringBuilder();
    StringBuilder rows = new StringBuilder("text,label\n");
    String[] plants = {"apple", "pear", "plum", "quince", "cherry"};
    for (int i = 0; i < 200; i++) {
      String plant = plants[i % plants.length];
      corpus.append("In year ").append(i).append(" the gardener grafts a ").append(plant);
      corpus.append(" onto the old root, and the ").append(plant).append(" grows.\n\n");
      rows.append("the ")
          .append(plant)
          .append(i % 2 == 0 ? " grows well " : " withers away ")
          .append(i);
      rows.append(i % 2 == 0 ? ",good\n" : ",bad\n");
    }
    Files.writeString(folder.resolve("corpus.txt"), corpus);
    Files.writeString(folder.resolve("rows.csv"), rows);
    Files.writeString(
        folder.resolve("pipeline.yaml"),
        """
        name: garden
        corpus:
          sources: [{ path: FOLDER/corpus.txt, format: paragraphs }]
          clean: { recipe: basic, minCharacters: 20 }
        store: FOLDER/store
        tokenizer: { vocabulary: 300 }
        model: { depth: 1 }
        pretrain: { context: 16, batch: 4, tokens: 1280 }
        finetunes:
          - { name: mood, task: classify, data: FOLDER/rows.csv, epochs: 1, batch: 32 }
        promote: { alias: production }
        """
            .replace("FOLDER", folder.toString()));
  }

  @Test
  void theSecondRunReusesEverythingAndSoSaysThePlan() throws Exception {
    assertThat(
            CommandLineProcess.run(folder, "plan", "pipeline.yaml", "--detailed-exitcode").exit())
        .isEqualTo(2);

    CommandLineProcess.Ended first =
        CommandLineProcess.run(folder, "run", "pipeline.yaml", "-o", "json", "--name", "one");
    CommandLineProcess.Ended second =
        CommandLineProcess.run(folder, "run", "pipeline.yaml", "-o", "json", "--name", "two");

    assertThat(first.exit()).as(first.err()).isZero();
    assertThat(second.exit()).as(second.err()).isZero();
    assertThat(hows(first)).containsOnly("made");
    assertThat(hows(second)).containsOnly("reused");
    assertThat(
            CommandLineProcess.run(folder, "plan", "pipeline.yaml", "--detailed-exitcode").exit())
        .isZero();
    CommandLineProcess.Ended said =
        CommandLineProcess.run(
            folder,
            "generate",
            "garden@production",
            "In year",
            "--store",
            "store",
            "--tokens",
            "8",
            "-o",
            "json");
    assertThat(said.exit()).as(said.err()).isZero();
    assertThat(Json.parse(said.out())).asString().contains("prompt=In year");
    assertThat(
            CommandLineProcess.run(folder, "models", "verify", "garden-mood", "--store", "store")
                .exit())
        .isZero();
    assertThat(CommandLineProcess.run(folder, "runs", "show", "two", "--store", "store").out())
        .contains("garden@1");
  }

  private static List<String> hows(CommandLineProcess.Ended ended) {
    Map<?, ?> result = (Map<?, ?>) ((Map<?, ?>) Json.parse(ended.out())).get("result");
    return ((List<?>) result.get("outcomes"))
        .stream().map(stage -> (String) ((Map<?, ?>) stage).get("how")).toList();
  }

  @Test
  void sigtermSavesAndTheSameCommandGoesOn() throws Exception {
    copy(DATASET, folder.resolve("store"));
    List<String> command =
        List.of(
            "run",
            "pipeline.yaml",
            "pretrain.tokens=96000",
            "pretrain.save.checkpointSteps=100",
            "finetunes=[]");
    CommandLineProcess stopped = CommandLineProcess.start(folder, Map.of(), command);
    while (stopped.isAlive() && !isSaved()) {
      TimeUnit.MILLISECONDS.sleep(50); // between looks
    }
    stopped.handle().destroy();
    CommandLineProcess.Ended ended = stopped.end();

    assertThat(ended.exit()).as(ended.err()).isEqualTo(75);
    assertThat(ended.err())
        .containsPattern("Saved step \\d+\\. Run the same command again to go on\\.");
    CommandLineProcess.Ended resumed = CommandLineProcess.start(folder, Map.of(), command).end();
    assertThat(resumed.exit()).as(resumed.err()).isZero();
    try (Platform platform = platform()) {
      assertThat(
              new ModelRegistry(platform.store(folder.resolve("store").toString()))
                  .find("garden")
                  .orElseThrow()
                  .checkpoint()
                  .step())
          .isEqualTo(1500);
    }
  }

  /** Whether some step of a pretraining is whole in the store. */
  private boolean isSaved() throws IOException {
    Path checkpoints = folder.resolve("store").resolve("checkpoints");
    if (!Files.isDirectory(checkpoints)) {
      return false;
    }
    try (Stream<Path> files = Files.walk(checkpoints)) {
      return files.anyMatch(file -> file.endsWith("manifest.json"));
    }
  }

  @Test
  void killedWithItsConsoleABaseComesOutTheSameToTheByte() throws Exception {
    Path calm = folder.resolve("calm");
    Path rough = folder.resolve("rough");
    copy(DATASET, calm);
    copy(DATASET, rough);
    CommandLineProcess.Ended never = grow(calm).end();
    assertThat(never.exit()).as(never.err()).isZero();

    CommandLineProcess alone = grow(rough);
    awaitCheckpoint(alone, rough, 100);
    alone.handle().destroyForcibly(); // its engine is left behind, and leaves by itself
    alone.end();
    CommandLineProcess withEngine = grow(rough);
    awaitCheckpoint(withEngine, rough, 300);
    List<ProcessHandle> engines = withEngine.handle().descendants().toList();
    withEngine.handle().destroyForcibly();
    engines.forEach(ProcessHandle::destroyForcibly);
    withEngine.end();
    CommandLineProcess.Ended last = grow(rough).end();

    assertThat(last.exit()).as(last.err()).isZero();
    assertThat(weights(rough)).isEqualTo(weights(calm));
  }

  private CommandLineProcess grow(Path store) throws IOException {
    return CommandLineProcess.start(
        folder,
        Map.of(),
        List.of(
            "run",
            "pipeline.yaml",
            "store=" + store,
            "pretrain.tokens=48000",
            "pretrain.save.checkpointSteps=50",
            "pretrain.save.keep=100",
            "finetunes=[]"));
  }

  private static void awaitCheckpoint(CommandLineProcess command, Path store, long step)
      throws Exception {
    while (command.isAlive() && newestCheckpoint(store) < step) {
      TimeUnit.MILLISECONDS.sleep(20); // between looks
    }
    assertThat(command.isAlive()).as(command.saidSoFar()).isTrue();
  }

  static long newestCheckpoint(Path store) throws IOException {
    try (ArtifactStore artifacts = Stores.open(store.toString())) {
      return artifacts.list("checkpoints/").stream()
          .map(CHECKPOINT::matcher)
          .filter(Matcher::matches)
          .mapToLong(found -> Long.parseLong(found.group(1)))
          .max()
          .orElse(0);
    }
  }

  /** Sum of the finished base's weights. */
  private static String weights(Path store) throws IOException {
    try (ArtifactStore artifacts = Stores.open(store.toString())) {
      String base =
          artifacts.list("checkpoints/").stream()
              .filter(key -> key.matches("checkpoints/[0-9a-f]{32}/manifest\\.json"))
              .findFirst()
              .orElseThrow();
      return Artifacts.read(artifacts, base.substring(0, base.lastIndexOf('/')))
          .orElseThrow()
          .files()
          .stream()
          .filter(file -> file.name().equals("model.safetensors"))
          .findFirst()
          .orElseThrow()
          .sha256();
    }
  }

  @Test
  void twoRunsAtOnceGrowOneBase() throws Exception {
    copy(DATASET, folder.resolve("store"));
    try (Platform platform = platform();
        Session session = platform.embedded()) {
      PipelineSpec spec =
          PipelineFile.read(folder.resolve("pipeline.yaml"), List.of("finetunes=[]"))
              .spec(platform::preflight);
      Run first = session.start(spec, Optional.of("first"), Map.of());
      Run second = session.start(spec, Optional.of("second"), Map.of());

      StageOutcome one = base(first.await(Duration.ofMinutes(5)));
      StageOutcome two = base(second.await(Duration.ofMinutes(5)));

      assertThat(List.of(one.how(), two.how()))
          .containsExactlyInAnyOrder(StageOutcome.How.MADE, StageOutcome.How.JOINED);
      assertThat(one.fingerprint()).isEqualTo(two.fingerprint());
      assertThat(
              platform.store(spec.store()).list(Stage.PRETRAIN.at(one.fingerprint()) + "/claims/"))
          .hasSize(1);
    }
  }

  private static StageOutcome base(Optional<PipelineResult> result) {
    return result.orElseThrow().outcomes().stream()
        .filter(outcome -> outcome.stage() == Stage.PRETRAIN)
        .findFirst()
        .orElseThrow();
  }

  private Platform platform() {
    return new Platform(
        Path.of("../..").toAbsolutePath().normalize(), new Workspace(folder.resolve(".rootstock")));
  }

  @Test
  void aCorpusOfWhichNothingIsLeftFailsWithTheReasonAndTheRemedy() throws Exception {
    CommandLineProcess.Ended ended =
        CommandLineProcess.run(folder, "run", "pipeline.yaml", "corpus.clean.minCharacters=5000");

    assertThat(ended.exit()).as(ended.err()).isEqualTo(2);
    assertThat(ended.err())
        .contains(
            "BadCorpus: all 200 documents were dropped: TOO_SHORT 200; lower corpus.clean.minCharacters")
        .doesNotContain("\tat ");
  }

  @Test
  void aTaskIsGraftedOntoARegisteredBase() throws Exception {
    OwnTrainerIT.copy(grown.resolve("store"), folder.resolve("store"));
    Files.writeString(
        folder.resolve("task.yaml"),
        "name: more\ntask: classify\ndata: rows.csv\nepochs: 1\nbatch: 32\n");

    CommandLineProcess.Ended ended =
        CommandLineProcess.run(
            folder, "finetune", "--base", "garden@1", "--task", "task.yaml", "--store", "store");

    assertThat(ended.exit()).as(ended.err()).isZero();
    assertThat(ended.out()).contains("garden-more@1");
  }
}
