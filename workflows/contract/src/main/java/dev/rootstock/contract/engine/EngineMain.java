package dev.rootstock.contract.engine;

import dev.rootstock.contract.CanonicalJson;
import dev.rootstock.contract.InvalidConfig;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The main program of an engine: {@code VERB SPEC.json RESULT.json}. Standard output carries
 * progress alone, standard error the log; the result file is written last and by rename. SIGTERM
 * asks the verb to save and leave, and waits for it.
 */
public final class EngineMain {
  private static final Duration PERIOD = Duration.ofSeconds(1); // between progress lines
  private static final long GRACE =
      600; // seconds a verb may take to save after SIGTERM; the parent kills earlier

  private EngineMain() {}

  /** Carries out one order and ends the process; never returns. */
  public static void run(String[] arguments, Map<String, Verb<?>> verbs) {
    PrintStream out = System.out;
    System.setOut(System.err); // a library that prints must not break the progress lines
    Stop stop = new Stop();
    CountDownLatch ended = new CountDownLatch(1);
    int[] exit = {EngineExit.FAILED};
    Thread onSignal =
        new Thread(
            () -> {
              stop.ask();
              await(ended);
              Runtime.getRuntime().halt(exit[0]);
            });
    Runtime.getRuntime().addShutdownHook(onSignal);
    exit[0] = exitOf(arguments, verbs, out, stop);
    ended.countDown();
    out.flush();
    System.err.flush();
    Runtime.getRuntime().halt(exit[0]); // native libraries' own threads must not keep the process
  }

  private static int exitOf(
      String[] arguments, Map<String, Verb<?>> verbs, PrintStream out, Stop stop) {
    if (arguments.length != 3 || !verbs.containsKey(arguments[0])) {
      System.err.println(
          "usage: VERB SPEC.json RESULT.json, with VERB one of "
              + String.join(", ", verbs.keySet()));
      return EngineExit.INVALID;
    }
    Path result = Path.of(arguments[2]);
    try (ProgressLog progress = new ProgressLog(out, PERIOD)) {
      stop.watch(System.in);
      progress.at(Progress.of(arguments[0]));
      write(carryOut(verbs.get(arguments[0]), Path.of(arguments[1]), progress, stop), result);
      return EngineExit.DONE;
    } catch (InvalidConfig invalid) {
      return failed(
          new Failure("InvalidConfig", invalid.getMessage(), invalid.problems()),
          EngineExit.INVALID,
          result);
    } catch (Hopeless hopeless) {
      return failed(
          new Failure(hopeless.kind(), hopeless.getMessage(), List.of()),
          EngineExit.HOPELESS,
          result);
    } catch (Stopped stopped) {
      System.err.println(stopped.getMessage());
      return EngineExit.RESUMABLE;
    } catch (Throwable broken) {
      broken.printStackTrace();
      return EngineExit.FAILED;
    }
  }

  private static <O extends Record> Record carryOut(
      Verb<O> verb, Path spec, ProgressLog progress, Stop stop) throws Exception {
    return verb.carryOut(CanonicalJson.read(Files.readString(spec), verb.order()), progress, stop);
  }

  private static int failed(Failure failure, int exit, Path result) {
    System.err.println(failure.kind() + ": " + failure.message());
    try {
      write(failure, result);
    } catch (IOException lost) {
      lost.printStackTrace();
    }
    return exit;
  }

  private static void write(Record record, Path result) throws IOException {
    Path partial = result.resolveSibling(result.getFileName() + ".partial");
    Files.writeString(partial, CanonicalJson.pretty(record));
    Files.move(
        partial, result, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static void await(CountDownLatch ended) {
    try {
      ended.await(GRACE, TimeUnit.SECONDS);
    } catch (InterruptedException ending) {
      Thread.currentThread().interrupt();
    }
  }
}
