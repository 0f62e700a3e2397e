package dev.rootstock.activities.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootstock.contract.engine.Attempt;
import dev.rootstock.contract.engine.EngineExit;
import dev.rootstock.contract.engine.EngineMain;
import dev.rootstock.contract.engine.ProgressLog;
import dev.rootstock.contract.engine.Stop;
import dev.rootstock.contract.engine.Stopped;
import dev.rootstock.contract.engine.Verb;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An engine whose parent is gone, however it went, saves and leaves. */
class OrphanIT {
  @TempDir Path folder;

  @Test
  void anEngineEndsWhenTheProcessThatStartedItIsKilled() throws Exception {
    Process parent = new ProcessBuilder(java(Parent.class, folder.toString())).inheritIO().start();
    Path pid = folder.resolve("pid");
    long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while ((!Files.exists(pid) || Files.size(pid) == 0) && System.nanoTime() < deadline) {
      Thread.sleep(20);
    }
    ProcessHandle engine = ProcessHandle.of(Long.parseLong(Files.readString(pid))).orElseThrow();
    assertThat(engine.isAlive()).isTrue();
    parent.destroyForcibly().waitFor();

    engine.onExit().get(10, TimeUnit.SECONDS);
    assertThat(folder.resolve("saved")).exists();
  }

  private static List<String> java(Class<?> main, String argument) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xmx64m",
        "-cp",
        System.getProperty("java.class.path"),
        main.getName(),
        argument);
  }

  /** Starts an engine and waits for ever. */
  static final class Parent {
    private Parent() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
      List<String> line = java(Engine.class, "x");
      EngineCommand command =
          new EngineCommand(
              line.subList(0, line.size() - 1), Map.of("ORPHAN_FOLDER", arguments[0]));
      Path folder = Path.of(arguments[0]);
      Record order = new Attempt("file:///none", "run", 1, 1);
      EngineProcess engine =
          EngineProcess.start(
              command,
              "wait",
              order,
              1,
              folder.resolve("engines"),
              folder.resolve("log"),
              said -> {});
      System.exit(engine.end().exit());
    }
  }

  /** Waits until it is asked to leave. */
  static final class Engine implements Verb<Attempt> {
    public static void main(String[] arguments) {
      EngineMain.run(arguments, Map.of("wait", new Engine()));
    }

    @Override
    public Class<Attempt> order() {
      return Attempt.class;
    }

    @Override
    public Record carryOut(Attempt order, ProgressLog progress, Stop stop) throws Exception {
      Path folder = Path.of(System.getenv("ORPHAN_FOLDER"));
      Files.writeString(folder.resolve("pid"), String.valueOf(ProcessHandle.current().pid()));
      while (!stop.asked()) {
        Thread.sleep(20);
      }
      Files.writeString(folder.resolve("saved"), String.valueOf(EngineExit.RESUMABLE));
      throw new Stopped("saved");
    }
  }
}
