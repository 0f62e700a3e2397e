package dev.rootstock.console.cli;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The command as a process of its own, in a folder of its own. */
final class CommandLineProcess {
  private static final Path HOME = Path.of("../..").toAbsolutePath().normalize();

  private final Process process;
  private final Path out;
  private final Path err;

  private CommandLineProcess(Process process, Path out, Path err) {
    this.process = process;
    this.out = out;
    this.err = err;
  }

  /** What it said and how it ended. */
  record Ended(int exit, String out, String err) {}

  static void assumeEnginesAreBuilt() {
    for (String engine : List.of("beam-preprocess", "training")) {
      assumeTrue(
          Files.exists(HOME.resolve(engine).resolve("target/program.classpath")),
          engine + " is not built; mvn package builds it");
    }
  }

  static CommandLineProcess start(
      Path folder, Map<String, String> environment, List<String> arguments) throws IOException {
    Path target = Path.of("target").toAbsolutePath();
    String classPath =
        target.resolve("classes")
            + File.pathSeparator
            + Files.readString(target.resolve("program.classpath")).strip();
    List<String> line =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx256m",
                "-Drootstock.home=" + HOME,
                "-cp",
                classPath,
                RootstockMain.class.getName()));
    line.addAll(arguments);
    Path out = Files.createTempFile(folder, "out-", ".txt");
    Path err = Files.createTempFile(folder, "err-", ".txt");
    ProcessBuilder builder =
        new ProcessBuilder(line)
            .directory(folder.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder
        .environment()
        .keySet()
        .removeIf(name -> name.startsWith("TEMPORAL_") || name.startsWith("ROOTSTOCK_STORE"));
    builder.environment().put("XDG_CONFIG_HOME", folder.resolve("config").toString());
    builder.environment().putAll(environment);
    return new CommandLineProcess(builder.start(), out, err);
  }

  static Ended run(Path folder, String... arguments) throws IOException, InterruptedException {
    return start(folder, Map.of(), List.of(arguments)).end();
  }

  ProcessHandle handle() {
    return process.toHandle();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  String saidSoFar() throws IOException {
    return Files.readString(err);
  }

  Ended end() throws IOException, InterruptedException {
    if (!process.waitFor(8, TimeUnit.MINUTES)) {
      process.destroyForcibly();
      throw new IllegalStateException("it does not end; it said:\n" + saidSoFar());
    }
    return new Ended(process.exitValue(), Files.readString(out), Files.readString(err));
  }
}
