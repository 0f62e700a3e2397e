package dev.rootstock.console;

import dev.rootstock.contract.Problem;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A folder that appears whole or not at all. It is filled beside its place, under a name with this
 * process' number in it; what processes left that are gone is taken away by the next.
 */
final class PreparedFolder {
  static final String STATISTICS = "statistics.json";
  static final String PAGE = "statistics.html";

  /** The key in {@link #STATISTICS} that tells an earlier result from other people's folders. */
  static final String MARK = "prepared";

  private static final Set<String> FILES = Set.of("documents", "dropped", STATISTICS, PAGE);

  private final Path place;

  PreparedFolder(Path place) {
    this.place = place.toAbsolutePath().normalize();
  }

  /** Fills a new empty folder. */
  interface Filling {
    void into(Path partial) throws IOException;
  }

  Path place() {
    return place;
  }

  String name() {
    return String.valueOf(place.getFileName());
  }

  /** Whether a file lies in it. */
  boolean holds(URI file) {
    return "file".equals(file.getScheme()) && Path.of(file).startsWith(place);
  }

  /** Why it can not be written. */
  List<Problem> problems() {
    if (place.getParent() == null) {
      return List.of(Problem.of("--out", "\"" + place + "\"", "a folder of its own"));
    }
    if (Files.exists(place) && !Files.isDirectory(place)) {
      return List.of(Problem.of("--out", "\"" + place + "\", which is a file", "a folder"));
    }
    return Files.exists(place) ? other() : List.of();
  }

  private List<Problem> other() {
    try (Stream<Path> files = Files.list(place)) {
      List<String> names = files.map(file -> file.getFileName().toString()).sorted().toList();
      Optional<String> foreign = names.stream().filter(name -> !FILES.contains(name)).findFirst();
      if (names.isEmpty() || (foreign.isEmpty() && isMarked())) {
        return List.of();
      }
      return List.of(
          Problem.of(
              "--out",
              "\"" + place + "\", which holds " + foreign.orElse(names.get(0)),
              "a folder that is not there, is empty, or was written by rootstock data prepare"));
    } catch (IOException unreadable) {
      return List.of(
          Problem.of("--out", "\"" + place + "\" (" + unreadable + ")", "a folder to write to"));
    }
  }

  private boolean isMarked() throws IOException {
    Path file = place.resolve(STATISTICS);
    try {
      return Files.isRegularFile(file)
          && Preparation.tree(Files.readString(file)).get(MARK) instanceof Map<?, ?>;
    } catch (IllegalArgumentException | ClassCastException notOurs) {
      return false;
    }
  }

  /** Fills it. An earlier result stays until the new one is whole. */
  void fill(Filling filling) throws IOException {
    Files.createDirectories(place.getParent());
    clearLeftovers();
    Path partial = beside("part");
    Thread onExit = new Thread(() -> remove(partial));
    Runtime.getRuntime().addShutdownHook(onExit);
    try {
      Files.createDirectory(partial);
      filling.into(partial);
      move(partial);
    } finally {
      remove(partial);
      try {
        Runtime.getRuntime().removeShutdownHook(onExit);
      } catch (IllegalStateException leaving) {
        // it is running already
      }
    }
  }

  private void move(Path partial) throws IOException {
    Path before = beside("old");
    if (Files.exists(place)) {
      Files.move(place, before, StandardCopyOption.ATOMIC_MOVE);
    }
    try {
      Files.move(partial, place, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException failed) {
      if (Files.exists(before)) {
        Files.move(before, place, StandardCopyOption.ATOMIC_MOVE);
      }
      throw failed;
    }
    remove(before);
  }

  private Path beside(String what) {
    return place.resolveSibling("." + name() + "." + what + "-" + ProcessHandle.current().pid());
  }

  private void clearLeftovers() throws IOException {
    Pattern ours = Pattern.compile(Pattern.quote("." + name()) + "\\.(part|old)-(\\d+)");
    try (Stream<Path> siblings = Files.list(place.getParent())) {
      for (Path sibling : siblings.toList()) {
        Matcher left = ours.matcher(sibling.getFileName().toString());
        if (left.matches() && ProcessHandle.of(Long.parseLong(left.group(2))).isEmpty()) {
          remove(sibling);
        }
      }
    }
  }

  private static void remove(Path folder) {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path path : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException left) {
      // the next one takes it away
    }
  }
}
