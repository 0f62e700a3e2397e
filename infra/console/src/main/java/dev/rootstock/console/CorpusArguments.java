package dev.rootstock.console;

import dev.rootstock.contract.CanonicalJson;
import dev.rootstock.contract.CleaningSpec;
import dev.rootstock.contract.CorpusSpec;
import dev.rootstock.contract.InvalidConfig;
import dev.rootstock.contract.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A corpus as options of a command line tell it.
 *
 * @param paths files, folders and globs; files of one folder that a shell has listed become one
 *     source, as the glob would be
 * @param source the same settings of each source by key: {@code licence}, {@code format}, {@code
 *     text}
 * @param cleaning settings by key
 * @param overrides {@code key=value} of cleaning, which win
 */
public record CorpusArguments(
    List<String> paths,
    Map<String, Object> source,
    Map<String, Object> cleaning,
    List<String> overrides) {
  private static final int ROUNDS = 4; // each takes out what is wrong, and looks again

  /**
   * The corpus. What is wrong goes to {@code problems}, named by the options; whatever part is
   * wrong is left out, so that the rest can be looked at.
   */
  Optional<CorpusSpec> read(List<Problem> problems) {
    List<CorpusSpec.Source> sources = new ArrayList<>();
    for (String path : grouped()) {
      MarkedTree tree = new MarkedTree(new LinkedHashMap<>(source), Place.commandLine());
      tree.put("path", new MarkedTree(path, Place.commandLine()));
      sound(tree, CorpusSpec.Source.class, "sources.0", problems).ifPresent(sources::add);
    }
    MarkedTree tree = new MarkedTree(new LinkedHashMap<>(cleaning), Place.commandLine());
    new Overrides(tree, CleaningSpec.class, System::getenv)
        .apply(overrides)
        .forEach(
            fault -> problems.add(Problem.of("--set", fault.sentence(), "a setting of cleaning")));
    Optional<CleaningSpec> clean = sound(tree, CleaningSpec.class, "clean", problems);
    return sources.isEmpty() || clean.isEmpty()
        ? Optional.empty()
        : Optional.of(new CorpusSpec(sources, clean.get()));
  }

  /**
   * The record of a tree, its wrong parts left out: a record is checked as a whole only once its
   * parts are sound.
   */
  private static <T> Optional<T> sound(
      MarkedTree tree, Class<T> type, String path, List<Problem> problems) {
    MarkedTree rest = tree;
    Set<String> told = new HashSet<>();
    for (int round = 0; round < ROUNDS; round++) {
      try {
        return Optional.of(CanonicalJson.fromTree(rest.tree(), type));
      } catch (InvalidConfig wrong) {
        for (Problem problem : wrong.problems()) {
          if (told.add(problem.path())) {
            problems.add(asOption(problem.under(path)));
          }
          rest = rest.without(problem.path().replaceFirst("\\..*", ""));
        }
      }
    }
    return Optional.empty();
  }

  /** A problem with a part of a corpus, told as a problem with the option it came from. */
  static Problem asOption(Problem problem) {
    String path = problem.path().replaceFirst("^corpus\\.", "");
    String last = path.substring(path.lastIndexOf('.') + 1);
    String option =
        path.matches("sources\\.\\d+\\.(path)?|sources\\.\\d+")
            ? "--source"
            : path.startsWith("sources.")
                ? "--" + last
                : switch (path.replaceFirst("\\.\\d+$", "")) {
                  case "clean.recipe", "clean" -> "--recipe";
                  case "clean.validation" -> "--validation";
                  case "clean.languages" -> "--language";
                  case "clean.blocked.files.sites" -> "--block-sites";
                  case "clean.blocked.files.words" -> "--block-words";
                  default -> "--set " + path.replaceFirst("^clean\\.", "");
                };
    return new Problem(option, problem.found(), problem.wanted(), problem.remedy());
  }

  private List<String> grouped() {
    Map<String, List<String>> byFolder = new LinkedHashMap<>();
    for (String path : paths) {
      boolean listed = !path.matches(".*[*?\\[\\]{}].*") && Files.isRegularFile(Path.of(path));
      String folder = path.contains("/") ? path.substring(0, path.lastIndexOf('/') + 1) : "";
      byFolder.computeIfAbsent(listed ? folder : path, any -> new ArrayList<>()).add(path);
    }
    return byFolder.entrySet().stream()
        .map(group -> group.getValue().size() == 1 ? group.getValue().get(0) : glob(group))
        .toList();
  }

  private static String glob(Map.Entry<String, List<String>> group) {
    return group.getValue().stream()
        .distinct()
        .map(path -> path.substring(path.lastIndexOf('/') + 1).replaceAll("[,\\\\]", "\\\\$0"))
        .collect(Collectors.joining(",", group.getKey() + "{", "}"));
  }
}
