package dev.rootstock.activities.request;

import dev.rootstock.activities.OpenStores;
import dev.rootstock.contract.CanonicalJson;
import dev.rootstock.contract.InvalidConfig;
import dev.rootstock.contract.Problem;
import dev.rootstock.contract.store.ArtifactStore;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Files by what a person writes: a file, a folder or a glob ({@code **} crosses folders), local or
 * {@code s3://}.
 */
final class FileFinder {
  private final OpenStores stores;

  FileFinder(OpenStores stores) {
    this.stores = stores;
  }

  /**
   * The files, sorted by name; hidden ones are left out.
   *
   * @param path of the pattern in the request
   * @throws InvalidConfig if there are none
   */
  List<SourceFile> find(String path, String pattern) throws IOException {
    List<SourceFile> found =
        pattern.startsWith("s3://")
            ? remote(path, pattern)
            : local(path, pattern.replaceFirst("^file://", ""));
    if (found.isEmpty()) {
      throw new InvalidConfig(
          Problem.of(path, "\"" + pattern + "\", which matches no file", "at least one file"));
    }
    return found.stream().sorted(Comparator.comparing(SourceFile::name)).toList();
  }

  /**
   * What stands before the first wildcard's folder, and the rest; the rest is empty where there is
   * no wildcard.
   */
  private static String[] parted(String pattern) {
    int wild = -1;
    for (int i = 0; i < pattern.length() && wild < 0; i++) {
      wild = "*?[{".indexOf(pattern.charAt(i)) >= 0 ? i : -1;
    }
    if (wild < 0) {
      return new String[] {pattern, ""};
    }
    int slash = pattern.lastIndexOf('/', wild);
    return new String[] {
      slash < 0 ? "" : slash == 0 ? "/" : pattern.substring(0, slash), pattern.substring(slash + 1)
    };
  }

  private static List<SourceFile> local(String path, String pattern) throws IOException {
    String[] parts = parted(pattern);
    Path start = Path.of(parts[0]).toAbsolutePath().normalize();
    if (!Files.exists(start)) {
      throw new InvalidConfig(absent(path, pattern, start));
    }
    if (parts[1].isEmpty() && Files.isRegularFile(start)) {
      return List.of(file(start, start.getFileName().toString()));
    }
    List<PathMatcher> matchers = matchers(parts[1]);
    List<SourceFile> found = new ArrayList<>();
    try (Stream<Path> walk = Files.walk(start, FileVisitOption.FOLLOW_LINKS)) {
      for (Path each : walk.filter(Files::isRegularFile).toList()) {
        Path below = start.relativize(each);
        if (!hidden(below)
            && (matchers.isEmpty() || matchers.stream().anyMatch(glob -> glob.matches(below)))) {
          found.add(file(each, below.toString().replace('\\', '/')));
        }
      }
    } catch (java.io.UncheckedIOException unreadable) {
      throw new InvalidConfig(
          Problem.of(
              path,
              "\"" + pattern + "\" (" + unreadable.getCause() + ")",
              "readable, with all folders in it"));
    }
    return found;
  }

  private static SourceFile file(Path file, String name) {
    return new SourceFile(file.toUri(), name, () -> Files.newInputStream(file));
  }

  private static boolean hidden(Path below) {
    for (Path part : below) {
      if (part.toString().startsWith(".")) {
        return true;
      }
    }
    return false;
  }

  /**
   * Two where the glob crosses folders, for to Java {@code **}{@code /} is at least one folder, and
   * to people any number.
   */
  private static List<PathMatcher> matchers(String glob) {
    if (glob.isEmpty()) {
      return List.of();
    }
    return Stream.of(glob, glob.replace("**/", ""))
        .distinct()
        .map(each -> FileSystems.getDefault().getPathMatcher("glob:" + each))
        .toList();
  }

  private static Problem absent(String path, String pattern, Path start) {
    Path folder = start.getParent();
    Optional<String> near = Optional.empty();
    if (folder != null && Files.isDirectory(folder)) {
      try (Stream<Path> siblings = Files.list(folder)) {
        List<String> names = siblings.map(each -> each.getFileName().toString()).sorted().toList();
        near = CanonicalJson.nearest(start.getFileName().toString(), names);
      } catch (IOException unreadable) {
        near = Optional.empty();
      }
    }
    return new Problem(
        path,
        "\"" + pattern + "\", and " + start + " does not exist",
        "a file, a folder or a glob that is there",
        near.map(name -> "Did you mean " + name + "?"));
  }

  private List<SourceFile> remote(String path, String pattern) throws IOException {
    String[] parts = parted(pattern);
    boolean single =
        parts[1].isEmpty() && parts[0].substring(parts[0].lastIndexOf('/') + 1).contains(".");
    String root = single ? parts[0].substring(0, parts[0].lastIndexOf('/')) : parts[0];
    String only = single ? parts[0].substring(root.length() + 1) : "";
    ArtifactStore bucket;
    try {
      bucket = stores.at(root);
    } catch (InvalidConfig refused) {
      throw new InvalidConfig(
          refused.problems().stream()
              .map(p -> new Problem(path, p.found(), p.wanted(), p.remedy()))
              .toList());
    }
    List<PathMatcher> matchers = matchers(parts[1]);
    List<SourceFile> found = new ArrayList<>();
    for (String key : bucket.list(only)) {
      if ((single && key.equals(only))
          || (!single
              && (matchers.isEmpty()
                  || matchers.stream().anyMatch(glob -> glob.matches(Path.of(key)))))) {
        found.add(new SourceFile(URI.create(root + "/" + key), key, () -> bucket.open(key)));
      }
    }
    return found;
  }
}
