package dev.rootstock.activities.engine;

import dev.rootstock.contract.InvalidConfig;
import dev.rootstock.contract.Problem;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * An engine's command line.
 *
 * @param line all before the verb
 * @param environment added to this process' own
 */
public record EngineCommand(List<String> line, Map<String, String> environment) {
  private static final long LARGE = 32L << 20; // bytes of text

  public EngineCommand {
    line = List.copyOf(line);
    environment = Map.copyOf(environment);
  }

  /** The engine that knows text, on the running JDK. */
  public static EngineCommand preprocess(Path home) {
    return of(
        home,
        "beam-preprocess",
        "preprocess",
        "dev.rootstock.preprocess.PreprocessMain",
        JdkChoice.running());
  }

  /** The engine that knows tensors. */
  public static EngineCommand training(Path home, JdkChoice jdk) {
    List<String> line =
        of(home, "training", "training", "dev.rootstock.training.TrainingMain", jdk).line();
    return new EngineCommand(line, BlasCore.here());
  }

  /**
   * The same for so much text: beyond some megabytes a compiler that takes its time is repaid.
   *
   * @param bytes that the engine will read
   */
  public EngineCommand forBytes(long bytes) {
    if (bytes < LARGE) {
      return this;
    }
    List<String> patient = new ArrayList<>(line);
    patient.add(patient.indexOf("-cp"), "-XX:TieredStopAtLevel=4");
    return new EngineCommand(patient, environment);
  }

  /**
   * A program in one of two layouts: {@code <home>/lib/<program>/} with its jars, as installed;
   * else {@code <home>/<module>/target/} with {@code program.classpath}, as built.
   *
   * @throws InvalidConfig if there is neither
   */
  private static EngineCommand of(
      Path home, String module, String program, String main, JdkChoice jdk) {
    Path installed = home.resolve("lib").resolve(program);
    Path built = home.resolve(module);
    boolean packed = Files.isDirectory(installed);
    Path options = (packed ? installed : built).resolve("jvm.options");
    List<String> line = new ArrayList<>(List.of(jdk.java().toString()));
    if (Files.exists(options)) {
      line.add("@" + options);
    }
    line.add("-Drootstock.home=" + home);
    line.add("-cp");
    line.add(packed ? installed + File.separator + "*" : builtClassPath(built, program));
    line.add(main);
    return new EngineCommand(line, Map.of());
  }

  private static String builtClassPath(Path module, String program) {
    Path target = module.resolve("target");
    Path list = target.resolve("program.classpath");
    if (!Files.exists(list)) {
      throw new InvalidConfig(
          Problem.of(
              "home",
              "without " + list,
              "a built or installed Rootstock",
              "Build it with mvn -Pquick package, or set -Drootstock.home to where it is."));
    }
    try {
      return target.resolve("rootstock-" + program + ".jar")
          + File.pathSeparator
          + Files.readString(list).strip();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** A process yet to be started. {@code threads} also bounds the threads of native libraries. */
  ProcessBuilder process(String verb, Path order, Path result, int threads) {
    List<String> whole = new ArrayList<>(line);
    whole.addAll(List.of(verb, order.toString(), result.toString()));
    ProcessBuilder process = new ProcessBuilder(whole);
    process.environment().put("OMP_NUM_THREADS", String.valueOf(threads));
    process.environment().putAll(environment);
    return process;
  }
}
