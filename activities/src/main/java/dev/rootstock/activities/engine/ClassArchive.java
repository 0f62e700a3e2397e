package dev.rootstock.activities.engine;

import dev.rootstock.contract.Fingerprint;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * An engine's classes as its JVM held them at the end of an earlier run, so that it need not read
 * and verify them again: half of a cold start. The first run that loads most of them leaves the
 * file, one for each class path, JDK and set of options, in the user's cache; whatever goes wrong
 * with it, the engine runs as it would without. Not thread-safe.
 */
final class ClassArchive implements AutoCloseable {
  private static final Set<String> MAKERS =
      Set.of("clean"); // load what the other verbs do, and more
  private static final int KEPT = 4; // files of some 100 MB; each build of the engine leaves one
  private static final Duration STALE = Duration.ofHours(1); // whoever made it has been killed
  private static final long PROOF = 60; // seconds
  private static final String END = ".jsa";
  private static final String USE = "-XX:SharedArchiveFile=";
  private static final String MAKE = "-XX:ArchiveClassesAtExit=";

  private final EngineCommand command;
  private final String key;
  private final Optional<Path> making;

  private ClassArchive(EngineCommand command, String key, Optional<Path> making) {
    this.command = command;
    this.key = key;
    this.making = making;
  }

  /** Where archives lie. */
  static Path folder(Map<String, String> environment) {
    String own = environment.get("ROOTSTOCK_CACHE");
    Path cache =
        own != null
            ? Path.of(own)
            : Path.of(
                environment.getOrDefault(
                    "XDG_CACHE_HOME", System.getProperty("user.home") + "/.cache"),
                "rootstock");
    return cache.resolve("classes");
  }

  /** The command as it is, or with an option that uses an archive or makes one. */
  static ClassArchive open(EngineCommand plain, String verb, Path folder) {
    try {
      Optional<String> key = key(plain);
      if (key.isPresent()) {
        Optional<Path> found = find(folder, key.get());
        if (found.isPresent()) {
          return new ClassArchive(with(plain, USE + found.get()), key.get(), Optional.empty());
        }
        if (MAKERS.contains(verb)) {
          Path making = claim(folder.resolve(key.get() + ".making"));
          return new ClassArchive(with(plain, MAKE + making), key.get(), Optional.of(making));
        }
      }
    } catch (IOException unwritable) {
      // a cache that can not be written, or another process at it
    }
    return new ClassArchive(plain, "", Optional.empty());
  }

  /** What decides whether an archive fits; empty where the JVM would refuse to make one. */
  private static Optional<String> key(EngineCommand command) throws IOException {
    List<String> line = command.line();
    int classPath = line.indexOf("-cp") + 1;
    if (classPath == 0) {
      return Optional.empty();
    }
    Path java = Path.of(line.get(0));
    StringBuilder parts = new StringBuilder(java + "\n");
    Path release = java.resolveSibling("..").resolve("release");
    parts.append(Files.exists(release) ? Files.readString(release) : "");
    for (String option : line.subList(1, classPath)) {
      parts.append(option.startsWith("@") ? Files.readString(Path.of(option.substring(1))) : "");
    }
    for (String entry : line.get(classPath).split(File.pathSeparator)) {
      for (Path jar : jars(Path.of(entry))) {
        if (!Files.isRegularFile(jar)) {
          return Optional.empty();
        }
        parts.append(jar).append(' ').append(Files.size(jar)).append(' ');
        parts.append(Files.getLastModifiedTime(jar).toMillis()).append('\n');
      }
    }
    byte[] all = parts.toString().getBytes(StandardCharsets.UTF_8);
    return Optional.of(Fingerprint.sha256(all).substring(0, 16));
  }

  private static List<Path> jars(Path entry) throws IOException {
    if (!entry.endsWith("*")) {
      return List.of(entry);
    }
    try (Stream<Path> files = Files.list(entry.getParent())) {
      return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
    }
  }

  /** One whose name tells its size: a JVM dies of a file that was cut short. */
  private static Optional<Path> find(Path folder, String key) throws IOException {
    for (Path file : all(folder)) {
      if (file.getFileName().toString().equals(name(key, Files.size(file)))) {
        return Optional.of(file);
      }
    }
    return Optional.empty();
  }

  private static String name(String key, long bytes) {
    return key + "-" + bytes + END;
  }

  private static List<Path> all(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(END)).toList();
    }
  }

  /** An empty file that no other process has made meanwhile. */
  private static Path claim(Path file) throws IOException {
    Files.createDirectories(file.getParent());
    try {
      return Files.createFile(file);
    } catch (FileAlreadyExistsException other) {
      FileTime longAgo = FileTime.from(Instant.now().minus(STALE));
      if (Files.getLastModifiedTime(file).compareTo(longAgo) > 0) {
        throw other;
      }
      Files.delete(file);
      return Files.createFile(file);
    }
  }

  private static EngineCommand with(EngineCommand command, String option) {
    List<String> line = new ArrayList<>(command.line());
    line.add(line.indexOf("-cp"), option);
    return new EngineCommand(line, command.environment());
  }

  EngineCommand command() {
    return command;
  }

  /** Keeps what a run that came to a good end has left, if the JVM takes it. */
  void keep() throws InterruptedException {
    try {
      if (making.isPresent() && Files.exists(making.get()) && isTaken(making.get())) {
        Path kept = making.get().resolveSibling(name(key, Files.size(making.get())));
        Files.move(making.get(), kept);
        prune(kept.getParent());
      }
    } catch (IOException another) {
      // a later run makes one
    }
  }

  private boolean isTaken(Path made) throws IOException, InterruptedException {
    List<String> line =
        new ArrayList<>(command.line().subList(0, command.line().indexOf("-cp") + 2));
    line.replaceAll(option -> option.startsWith(MAKE) ? USE + made : option);
    line.addAll(List.of("-Xshare:on", "-version"));
    Process proof =
        new ProcessBuilder(line)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      return proof.waitFor(PROOF, TimeUnit.SECONDS) && proof.exitValue() == 0;
    } finally {
      proof.destroyForcibly();
    }
  }

  private static void prune(Path folder) throws IOException {
    List<Path> newestFirst = new ArrayList<>(all(folder));
    newestFirst.sort(Comparator.comparing((Path file) -> file.toFile().lastModified()).reversed());
    for (Path old : newestFirst.stream().skip(KEPT).toList()) {
      Files.deleteIfExists(old);
    }
  }

  /** Removes what was not kept. */
  @Override
  public void close() {
    try {
      if (making.isPresent()) {
        Files.deleteIfExists(making.get());
      }
    } catch (IOException left) {
      // taken over once it is stale
    }
  }
}
