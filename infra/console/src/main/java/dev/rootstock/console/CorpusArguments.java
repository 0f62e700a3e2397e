package dev.rootstock.console;

import dev.rootstock.contract.CanonicalJson;
import dev.rootstock.contract.CleaningSpec;
import dev.rootstock.contract.CorpusSpec;
import dev.rootstock.contract.InvalidConfig;
import dev.rootstock.contract.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

  /**
   * The corpus. What is wrong goes to {@code problems}, named by the options; whatever part is
   * wrong is left out, so that the rest can be looked at.
   */
  Optional<CorpusSpec> read(List<Problem> problems) {
    List<CorpusSpec.Source> sources = new ArrayList<>();
    for (String path : grouped()) {
      Map<String, Object> tree = new LinkedHashMap<>(source);
      tree.put("path", path);
      try {
        sources.add(CanonicalJson.fromTree(tree, CorpusSpec.Source.class));
      } catch (InvalidConfig wrong) {
        wrong.problems().forEach(problem -> problems.add(asOption(problem.under("sources.0"))));
      }
    }
    Optional<CleaningSpec> clean = cleaning(problems);
    return sources.isEmpty() || clean.isEmpty()
        ? sources.isEmpty()
            ? Optional.empty()
            : Optional.of(new CorpusSpec(sources, CanonicalJson.read("{}", CleaningSpec.class)))
        : Optional.of(new CorpusSpec(sources, clean.get()));
  }

  private Optional<CleaningSpec> cleaning(List<Problem> problems) {
    MarkedTree tree = new MarkedTree(new LinkedHashMap<>(cleaning), Place.commandLine());
    List<WrongFile.Fault> faults =
        new Overrides(tree, CleaningSpec.class, System::getenv).apply(overrides);
    faults.forEach(
        fault -> problems.add(Problem.of("--set", fault.sentence(), "a setting of cleaning")));
    try {
      return Optional.of(CanonicalJson.fromTree(tree.tree(), CleaningSpec.class));
    } catch (InvalidConfig wrong) {
      wrong.problems().forEach(problem -> problems.add(asOption(problem.under("clean"))));
      return Optional.empty();
    }
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
