package dev.rootstock.activities.engine;

import dev.rootstock.contract.InvalidConfig;
import dev.rootstock.contract.Problem;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Which JDK an engine runs on. The same machine gives the same choice, for the last bits of a
 * result may depend on it; manifests name it.
 *
 * @param java the launcher
 * @param version for people, {@code 25.0.1}
 * @param reason why this one
 */
public record JdkChoice(Path java, String version, String reason) {
  private static final String CHOSEN = "ROOTSTOCK_TRAINING_JAVA_HOME";
  private static final String WANTED =
      "25"; // compiles vector code better than 17: a quarter less time a step

  /** This process' own. */
  public static JdkChoice running() {
    return new JdkChoice(
        Path.of(System.getProperty("java.home"), "bin", "java"),
        System.getProperty("java.version"),
        "the running JDK");
  }

  /**
   * For training, the first of: {@code ROOTSTOCK_TRAINING_JAVA_HOME}; the variables {@code
   * JAVA_HOME_25…} by name; a JDK 25 in the usual folders by name; the running JDK.
   *
   * @throws InvalidConfig if the variable names no JDK
   */
  public static JdkChoice training() {
    String user = System.getProperty("user.home");
    return training(
        System.getenv(),
        List.of(
            Path.of("/usr/lib/jvm"),
            Path.of("/opt/java"),
            Path.of("/Library/Java/JavaVirtualMachines"),
            Path.of(user, ".sdkman", "candidates", "java"),
            Path.of(user, ".jdks")));
  }

  static JdkChoice training(Map<String, String> environment, List<Path> usual) {
    String chosen = environment.get(CHOSEN);
    if (chosen != null && !chosen.isBlank()) {
      return at(Path.of(chosen), CHOSEN)
          .orElseThrow(
              () ->
                  new InvalidConfig(
                      Problem.of(CHOSEN, "\"" + chosen + "\"", "a folder with bin/java in it")));
    }
    Stream<Optional<JdkChoice>> named =
        new TreeMap<>(environment)
            .entrySet().stream()
                .filter(entry -> entry.getKey().startsWith("JAVA_HOME_" + WANTED))
                .map(entry -> at(Path.of(entry.getValue()), entry.getKey()));
    Stream<Optional<JdkChoice>> found =
        usual.stream()
            .flatMap(JdkChoice::within)
            .map(home -> at(home, "found in " + home.getParent()));
    return Stream.concat(named, found)
        .flatMap(Optional::stream)
        .filter(jdk -> jdk.version().matches(WANTED + "\\b.*"))
        .findFirst()
        .orElseGet(JdkChoice::running);
  }

  private static Stream<Path> within(Path folder) {
    if (!Files.isDirectory(folder)) {
      return Stream.empty();
    }
    try (Stream<Path> homes = Files.list(folder)) {
      return homes
          .sorted()
          .flatMap(home -> Stream.of(home, home.resolve("Contents/Home")))
          .toList()
          .stream();
    } catch (IOException unreadable) {
      return Stream.empty();
    }
  }

  private static Optional<JdkChoice> at(Path home, String reason) {
    Path java = home.resolve("bin").resolve("java");
    if (!Files.isExecutable(java)) {
      return Optional.empty();
    }
    Properties release = new Properties();
    try (Reader text = Files.newBufferedReader(home.resolve("release"))) {
      release.load(text);
    } catch (IOException unnamed) {
      return Optional.of(new JdkChoice(java, "unknown", reason));
    }
    String version = release.getProperty("JAVA_VERSION", "unknown").replace("\"", "");
    return Optional.of(new JdkChoice(java, version, reason));
  }
}
