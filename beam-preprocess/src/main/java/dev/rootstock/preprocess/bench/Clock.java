package dev.rootstock.preprocess.bench;

import dev.rootstock.contract.engine.DataBenchRun.StageTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.ToLongFunction;

/** Times stages, one after another. Not thread-safe. */
final class Clock {
  private final List<StageTime> stages = new ArrayList<>();

  /**
   * Carries a stage out.
   *
   * @param bytes that come in
   * @param tokens that came out, told by the result
   */
  <T> T time(String stage, long bytes, ToLongFunction<T> tokens, Callable<T> work)
      throws Exception {
    long started = System.nanoTime();
    double used = processorSeconds();
    T result = work.call();
    double seconds = (System.nanoTime() - started) / 1e9;
    stages.add(
        new StageTime(
            stage, seconds, processorSeconds() - used, bytes, tokens.applyAsLong(result)));
    return result;
  }

  private static double processorSeconds() {
    return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO).toMillis() / 1e3;
  }

  List<StageTime> stages() {
    return List.copyOf(stages);
  }
}
