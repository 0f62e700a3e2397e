package dev.rootstock.console.server;

import java.io.File;
import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Temporal's own command, whose development server keeps runs in a file.
 *
 * @param reason where it was found, for people
 */
public record TemporalBinary(Path path, String reason) {
  private static final String NAME = "temporal";
  private static final String CHOSEN = "ROOTSTOCK_TEMPORAL";
  private static final Pattern VERSION = Pattern.compile("\\d+\\.\\d+\\.\\d+\\S*");

  /**
   * The first of: {@code ROOTSTOCK_TEMPORAL}; the newest that {@code doctor --install-temporal}
   * built; {@code temporal} on the {@code PATH}.
   *
   * @throws NoAnswer if {@code ROOTSTOCK_TEMPORAL} names no program
   */
  public static Optional<TemporalBinary> find(Map<String, String> environment) {
    String chosen = environment.get(CHOSEN);
    if (chosen != null && !chosen.isBlank()) {
      Path path = Path.of(chosen);
      if (!Files.isExecutable(path)) {
        throw new NoAnswer(CHOSEN + " names " + path + ", which is no program; unset it", null);
      }
      return Optional.of(new TemporalBinary(path, CHOSEN));
    }
    return built(environment).or(() -> onPath(environment.getOrDefault("PATH", "")));
  }

  private static Optional<TemporalBinary> built(Map<String, String> environment) {
    Path cache = cache(environment).resolve(NAME);
    if (!Files.isDirectory(cache)) {
      return Optional.empty();
    }
    try (Stream<Path> versions = Files.list(cache)) {
      return versions
          .map(version -> version.resolve(NAME))
          .filter(Files::isExecutable)
          .filter(path -> VERSION.matcher(path.getParent().getFileName().toString()).matches())
          .max(TemporalBinary::byVersion)
          .map(path -> new TemporalBinary(path, "built by doctor --install-temporal"));
    } catch (IOException unreadable) {
      return Optional.empty();
    }
  }

  private static int byVersion(Path one, Path other) {
    return version(one).compareTo(version(other));
  }

  private static ModuleDescriptor.Version version(Path binary) {
    return ModuleDescriptor.Version.parse(binary.getParent().getFileName().toString());
  }

  private static Optional<TemporalBinary> onPath(String path) {
    return Stream.of(path.split(File.pathSeparator))
        .filter(folder -> !folder.isBlank())
        .map(folder -> Path.of(folder, NAME))
        .filter(Files::isExecutable)
        .findFirst()
        .map(found -> new TemporalBinary(found, "found on the PATH"));
  }

  private static Path cache(Map<String, String> environment) {
    String own = environment.get("ROOTSTOCK_CACHE");
    if (own != null) {
      return Path.of(own);
    }
    String user =
        environment.getOrDefault("XDG_CACHE_HOME", System.getProperty("user.home") + "/.cache");
    return Path.of(user, "rootstock");
  }

  /** What it says of itself; {@code unknown} if it does not. */
  public String version() {
    try {
      Process process = new ProcessBuilder(path.toString(), "--version").start();
      process.getOutputStream().close();
      String said =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      Matcher version = VERSION.matcher(said);
      return version.find() ? version.group() : "unknown";
    } catch (IOException unknown) {
      return "unknown";
    }
  }

  /**
   * Builds it from the pinned sources, with what Go prints on this process' standard error.
   *
   * @param home where Rootstock lies
   * @throws NoAnswer with what is missing
   */
  public static TemporalBinary install(Path home) {
    Path script = home.resolve("infra").resolve(NAME).resolve("build");
    if (!Files.exists(script)) {
      throw new NoAnswer(
          "there is no " + script + "; take the project's sources, or put temporal on the PATH",
          null);
    }
    try {
      Process process =
          new ProcessBuilder("sh", script.toString())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      process.getOutputStream().close();
      String said =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      if (process.waitFor() != 0) {
        throw new NoAnswer(
            "Temporal's command could not be built; what is missing stands above. Any other that"
                + " you put on the PATH, or name by "
                + CHOSEN
                + ", will do.",
            null);
      }
      return new TemporalBinary(Path.of(said), "built by doctor --install-temporal");
    } catch (IOException unable) {
      throw new NoAnswer("sh could not be started: " + unable.getMessage(), unable);
    } catch (InterruptedException leaving) {
      Thread.currentThread().interrupt();
      throw new NoAnswer("interrupted while Temporal's command was built", leaving);
    }
  }
}
