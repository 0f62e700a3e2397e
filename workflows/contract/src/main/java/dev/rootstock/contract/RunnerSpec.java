package dev.rootstock.contract;

import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where Beam runs. Decides nothing about the result, and stays out of every fingerprint. Exactly
 * one is given.
 */
@Shorthand
public record RunnerSpec(Optional<Flink> flink, Optional<Spark> spark, Optional<Direct> direct) {
  public static final RunnerSpec LOCAL =
      new RunnerSpec(
          Optional.of(new Flink("[local]", Optional.empty())), Optional.empty(), Optional.empty());

  public RunnerSpec {
    long given = Stream.of(flink, spark, direct).filter(Optional::isPresent).count();
    new Check()
        .that(given == 1, "", given + " runners", "exactly one of flink, spark, direct")
        .done();
  }

  /**
   * Apache Flink.
   *
   * @param master {@code [local]} (default) or {@code host:port}
   * @param parallelism default: the number of cores
   */
  public record Flink(@Default("\"[local]\"") String master, Optional<Integer> parallelism) {}

  /**
   * Apache Spark; needs a build with {@code -Pspark}.
   *
   * @param master {@code local[*]} (default) or a Spark master URL
   */
  public record Spark(@Default("\"local[*]\"") String master) {}

  /** Beam's own runner, slow and strict: for tests. */
  public record Direct(Optional<Integer> parallelism) {}
}
