package dev.rootstock.contract;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Where Beam runs. Decides nothing about the result, and stays out of every fingerprint. Exactly
 * one is given.
 *
 * <p>{@code options} are Beam's own, by their names ({@code maxBundleSize: "1000"}); they go before
 * those that Rootstock chooses. On a cluster, corpus and store must lie where all workers see them:
 * in a bucket, or in a folder that all machines share under one path.
 */
@Shorthand
public record RunnerSpec(
    Optional<Flink> flink,
    Optional<Spark> spark,
    Optional<Dataflow> dataflow,
    Optional<Direct> direct) {
  public static final RunnerSpec LOCAL = flink(Flink.LOCAL, Optional.empty());

  public RunnerSpec {
    long given = Stream.of(flink, spark, dataflow, direct).filter(Optional::isPresent).count();
    new Check()
        .that(given == 1, "", given + " runners", "exactly one of flink, spark, dataflow, direct")
        .done();
  }

  /** Flink at {@code master}, with what else is left to it. */
  public static RunnerSpec flink(String master, Optional<Integer> parallelism) {
    Flink flink = new Flink(master, parallelism, Flink.RESTARTS, Map.of());
    return new RunnerSpec(Optional.of(flink), Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** The one that is given, as it is written: {@code flink}, {@code spark}, … */
  public String name() {
    return flink.isPresent()
        ? "flink"
        : spark.isPresent() ? "spark" : dataflow.isPresent() ? "dataflow" : "direct";
  }

  /**
   * Apache Flink, inside the engine or as a session cluster.
   *
   * @param master {@code [local]} (default), or {@code host:port} of the cluster's REST address
   * @param parallelism default: the number of cores; on a cluster, of its slots
   * @param restarts how often a cluster begins a job anew that lost a worker; default 3
   */
  public record Flink(
      @Default("\"[local]\"") String master,
      Optional<Integer> parallelism,
      @Default("3") int restarts,
      @Default("{}") Map<String, String> options) {
    public static final String LOCAL = "[local]";
    public static final int RESTARTS = 3;

    private static final Pattern ADDRESS =
        Pattern.compile("[^\\s/\\[\\]]+:\\d{1,5}|\\[[^\\s]+]:\\d{1,5}");

    public Flink {
      options = Map.copyOf(options);
      Check check = new Check();
      check.that(
          master.equals(LOCAL) || ADDRESS.matcher(master).matches(),
          "master",
          "\"" + master + "\"",
          "[local] or host:port, the REST address of a Flink cluster");
      parallelism.ifPresent(slots -> check.positive("parallelism", slots));
      check.that(restarts >= 0, "restarts", restarts, "a whole number, at least 0");
      ours(check, options, "runner", "jobName", "flinkMaster", "parallelism");
      check.done();
    }

    /** Whether another process does the work. */
    public boolean isCluster() {
      return !master.equals(LOCAL);
    }
  }

  /**
   * Apache Spark; needs a build with {@code -Pspark}.
   *
   * @param master {@code local[*]} (default) or a Spark master URL
   */
  public record Spark(
      @Default("\"local[*]\"") String master, @Default("{}") Map<String, String> options) {
    public Spark {
      options = Map.copyOf(options);
      ours(new Check(), options, "runner", "jobName", "sparkMaster").done();
    }
  }

  /**
   * Google Cloud Dataflow; needs a build with {@code -Pdataflow}, credentials of its own kind in
   * the environment, and a store in a bucket. It has never been run.
   *
   * @param tempLocation {@code gs://bucket/folder}, where jars are shipped to
   */
  public record Dataflow(
      String project,
      String region,
      String tempLocation,
      @Default("{}") Map<String, String> options) {
    public Dataflow {
      options = Map.copyOf(options);
      Check check = new Check();
      check.that(!project.isBlank(), "project", "empty", "the name of a Google Cloud project");
      check.that(!region.isBlank(), "region", "empty", "a region such as europe-west4");
      check.that(
          tempLocation.startsWith("gs://"),
          "tempLocation",
          "\"" + tempLocation + "\"",
          "a gs:// folder");
      ours(check, options, "runner", "jobName", "project", "region", "tempLocation").done();
    }
  }

  /** Beam's own runner, slow and strict: for tests. */
  public record Direct(Optional<Integer> parallelism) {}

  private static Check ours(Check check, Map<String, String> options, String... names) {
    for (String name : List.of(names)) {
      check.that(
          !options.containsKey(name),
          "options." + name,
          "\"" + options.get(name) + "\"",
          "left out",
          "Rootstock sets it itself, from the keys beside options.");
    }
    return check;
  }
}
