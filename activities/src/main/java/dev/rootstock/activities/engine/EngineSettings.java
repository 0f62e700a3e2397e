package dev.rootstock.activities.engine;

import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * How engines are run on this machine. Decides nothing about results.
 *
 * @param preprocess asked for when first needed
 * @param training the same
 * @param trainers of other makers
 * @param workspace holds {@code .rootstock/logs} and orders under way
 * @param threads an engine may compute with; 0: all cores
 * @param grace after SIGTERM, until SIGKILL
 * @param rest that an engine may take without moving
 * @param retry wait before work goes on that a worker left behind in good order
 * @param lease how long a silent holder keeps others waiting
 */
public record EngineSettings(
    Supplier<EngineCommand> preprocess,
    Supplier<EngineCommand> training,
    Trainers trainers,
    Path workspace,
    int threads,
    Duration grace,
    Duration rest,
    Duration retry,
    Duration lease) {
  /** For a built or installed Rootstock. */
  public static EngineSettings of(Path home, Path workspace, int threads) {
    return new EngineSettings(
        () -> EngineCommand.preprocess(home),
        () -> EngineCommand.training(home, JdkChoice.training()),
        Trainers.here(),
        workspace,
        threads,
        Duration.ofMinutes(1),
        Duration.ofMinutes(10),
        Duration.ofSeconds(5),
        Duration.ofMinutes(2));
  }

  /** Where a run's engines keep their logs. */
  public Path log(String run, String stage) {
    return workspace.resolve(".rootstock").resolve("logs").resolve(run).resolve(stage + ".log");
  }

  /** Where orders and results lie while an engine works. */
  public Path scratch() {
    return workspace.resolve(".rootstock").resolve("engines");
  }
}
