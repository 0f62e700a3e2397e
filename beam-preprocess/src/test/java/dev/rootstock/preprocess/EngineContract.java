package dev.rootstock.preprocess;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootstock.contract.CanonicalJson;
import dev.rootstock.contract.engine.EngineExit;
import dev.rootstock.contract.engine.Failure;
import dev.rootstock.contract.engine.Progress;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the platform counts on in an engine that it starts as a process; FORMATS.md tells the
 * protocol.
 */
abstract class EngineContract {
  private static final long PATIENCE = 180; // seconds, on a busy machine

  @TempDir Path work;

  /** The command line up to the verb. */
  abstract List<String> command() throws IOException;

  abstract String verb();

  /** JSON of an order that ends well, in some seconds. */
  abstract String goodOrder() throws IOException;

  /** JSON of an order that is well-formed and would fail again. */
  abstract String hopelessOrder() throws IOException;

  abstract String hopelessKind();

  private Path result() {
    return work.resolve("result.json");
  }

  private Process start(String verb, String order) throws IOException {
    Path spec = Files.writeString(work.resolve("order.json"), order);
    List<String> line = new ArrayList<>(command());
    line.addAll(List.of(verb, spec.toString(), result().toString()));
    return new ProcessBuilder(line).redirectError(work.resolve("log").toFile()).start();
  }

  private int exitOf(Process engine) throws Exception {
    try {
      assertThat(engine.waitFor(PATIENCE, TimeUnit.SECONDS)).as("ended in time").isTrue();
      return engine.exitValue();
    } finally {
      engine.destroyForcibly();
    }
  }

  private static List<Progress> linesOf(Process engine) throws IOException {
    try (BufferedReader lines = engine.inputReader()) {
      return lines.lines().map(line -> CanonicalJson.read(line, Progress.class)).toList();
    }
  }

  private Failure failure() throws IOException {
    return CanonicalJson.read(Files.readString(result()), Failure.class);
  }

  @Test
  void doneLeavesAResultAndPrintsNothingButProgress() throws Exception {
    Process engine = start(verb(), goodOrder());

    assertThat(linesOf(engine)).isNotEmpty().anyMatch(line -> line.note().isPresent());
    assertThat(exitOf(engine)).as(Files.readString(work.resolve("log"))).isEqualTo(EngineExit.DONE);
    assertThat(result()).exists();
  }

  @Test
  void anOrderItCanNotReadIsInvalid() throws Exception {
    Process engine = start(verb(), "{\"colour\": \"green\"}");

    assertThat(exitOf(engine)).isEqualTo(EngineExit.INVALID);
    assertThat(failure().kind()).isEqualTo("InvalidConfig");
    assertThat(failure().problems()).anyMatch(problem -> problem.sentence().contains("colour"));
  }

  @Test
  void aVerbItDoesNotKnowIsInvalid() throws Exception {
    assertThat(exitOf(start("juggle", "{}"))).isEqualTo(EngineExit.INVALID);
  }

  @Test
  void workThatWouldFailAgainIsHopeless() throws Exception {
    Process engine = start(verb(), hopelessOrder());

    assertThat(exitOf(engine)).isEqualTo(EngineExit.HOPELESS);
    assertThat(failure().kind()).isEqualTo(hopelessKind());
  }

  @Test
  void sigtermMakesItLeaveWithoutAResult() throws Exception {
    Process engine = start(verb(), goodOrder());
    engine.inputReader().readLine();
    engine.toHandle().destroy();

    assertThat(exitOf(engine)).isIn(EngineExit.RESUMABLE, EngineExit.TERMINATED);
    assertThat(result()).doesNotExist();
  }

  @Test
  void aParentThatIsGoneMakesItLeave() throws Exception {
    Process engine = start(verb(), goodOrder());
    engine.inputReader().readLine();
    engine.getOutputStream().close();

    assertThat(exitOf(engine)).isEqualTo(EngineExit.RESUMABLE);
    assertThat(result()).doesNotExist();
  }
}
