package dev.rootstock.activities.request;

import dev.rootstock.contract.Check;
import dev.rootstock.contract.InvalidConfig;
import dev.rootstock.contract.Json;
import dev.rootstock.contract.Problem;
import dev.rootstock.contract.pipeline.FinetuneChoice;
import dev.rootstock.contract.pipeline.JobsChoice;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The finetunes of a request one by one: templates taken apart, lists read. Not thread-safe. */
final class ChosenFinetunes {
  private static final int TOLD = 20; // wrong lines of a list that are told one by one
  private static final int LONGEST_NAME = 63; // characters; it becomes part of a store's key

  private final FileFinder files;
  private final Check check;
  private final List<Chosen> chosen = new ArrayList<>();
  private final Map<String, String> paths = new HashMap<>();

  private ChosenFinetunes(FileFinder files, Check check) {
    this.files = files;
    this.check = check;
  }

  /**
   * One finetune.
   *
   * @param path of it in the request, {@code finetunes.0}, or in a list, {@code jobs.jsonl:17}
   */
  record Chosen(String path, FinetuneChoice choice) {
    /** A problem of a part of it. */
    Problem placed(Problem problem) {
      return at(path, problem);
    }

    /** The path of a part of it. */
    String key(String part) {
      return path + separator(path) + part;
    }
  }

  /** All of them; what is wrong with them goes to {@code check}. */
  static List<Chosen> find(
      FileFinder files, List<FinetuneChoice> given, Optional<JobsChoice> jobs, Check check)
      throws IOException {
    ChosenFinetunes finetunes = new ChosenFinetunes(files, check);
    for (int i = 0; i < given.size(); i++) {
      finetunes.add("finetunes." + i, given.get(i));
    }
    if (jobs.isPresent()) {
      finetunes.read(jobs.get());
    }
    return finetunes.chosen;
  }

  private static String separator(String path) {
    return path.startsWith("finetunes.") ? "." : " ";
  }

  private static Problem at(String path, Problem problem) {
    return path.startsWith("finetunes.")
        ? problem.under(path)
        : new Problem(
            problem.path().isEmpty() ? path : path + " " + problem.path(),
            problem.found(),
            problem.wanted(),
            problem.remedy());
  }

  private void add(String path, FinetuneChoice choice) throws IOException {
    if (!choice.isTemplate()) {
      keep(path, choice);
      return;
    }
    try {
      for (SourceFile file : files.find(path + separator(path) + "data", choice.data())) {
        FinetuneChoice one = choice.of(stem(file.name()), literal(file.place()));
        Check named = new Check().name("name", one.name());
        named.problems().forEach(problem -> check.addAll(List.of(at(path, problem))));
        keep(path, one);
      }
    } catch (InvalidConfig wrong) {
      check.addAll(wrong.problems());
    }
  }

  /** A place that is no pattern, whatever its names hold. */
  private static String literal(String place) {
    return place.replaceAll("([*?\\[{])", "\\\\$1");
  }

  private void keep(String path, FinetuneChoice choice) {
    String before = paths.putIfAbsent(choice.name(), path);
    if (before != null && !(path.startsWith("finetunes.") && before.equals(path))) {
      check.addAll(
          List.of(
              at(
                  path,
                  Problem.of(
                      "name",
                      "\"" + choice.name() + "\"",
                      "another name than that of " + before))));
    } else if (before != null) {
      check.addAll(
          List.of(
              at(
                  path,
                  Problem.of(
                      "data",
                      "\"" + choice.data() + "\"",
                      "the only file named " + choice.name()))));
    }
    chosen.add(new Chosen(path, choice));
  }

  /** What stands for a file in names: its own name in lower case, without ending. */
  private static String stem(String file) {
    String last = file.substring(file.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
    String bare = last.replaceFirst("\\.gz$", "").replaceFirst("(?<=.)\\.[^.]*$", "");
    String plain = bare.replaceAll("[^a-z0-9._-]+", "-").replaceFirst("^[._-]+", "");
    return plain.substring(0, Math.min(LONGEST_NAME, plain.length()));
  }

  private void read(JobsChoice jobs) throws IOException {
    List<SourceFile> found;
    try {
      found = files.find("jobs.file", jobs.file());
    } catch (InvalidConfig absent) {
      check.addAll(absent.problems());
      return;
    }
    int wrong = 0;
    int lines = 0;
    for (SourceFile file : found) {
      String place = found.size() == 1 ? jobs.file() : file.place();
      try (BufferedReader reader =
          new BufferedReader(new InputStreamReader(file.opener().open(), StandardCharsets.UTF_8))) {
        int number = 1;
        for (String line = reader.readLine(); line != null; line = reader.readLine(), number++) {
          if (!line.isBlank()) {
            lines++;
            wrong += sound(jobs, place + ":" + number, number, line, wrong) ? 0 : 1;
          }
        }
      }
    }
    check.that(
        lines > 0, "jobs.file", "\"" + jobs.file() + "\", which is empty", "a finetune a line");
    check.that(
        wrong <= TOLD, "jobs.file", "wrong in " + (wrong - TOLD) + " more lines", "right in all");
  }

  private boolean sound(JobsChoice jobs, String path, int number, String line, int wrong)
      throws IOException {
    int before = check.problems().size();
    Check told = new Check();
    try {
      if (Json.parse(line) instanceof Map<?, ?> keys) {
        add(path, jobs.line(number, placed(jobs, keys)));
      } else {
        told.addAll(List.of(Problem.of(path, brief(line), "an object with a finetune's keys")));
      }
    } catch (InvalidConfig invalid) {
      told.addAll(invalid.problems().stream().map(problem -> at(path, problem)).toList());
    } catch (IllegalArgumentException notJson) {
      told.addAll(
          List.of(
              Problem.of(path, brief(line) + " (" + notJson.getMessage() + ")", "a JSON object")));
    }
    if (wrong < TOLD) {
      check.addAll(told.problems());
    }
    return told.problems().isEmpty() && check.problems().size() == before;
  }

  /** A line, and the template's paths, as seen from the list's folder. */
  private static Map<String, Object> placed(JobsChoice jobs, Map<?, ?> keys) {
    Map<String, Object> line = new HashMap<>();
    keys.forEach((key, value) -> line.put((String) key, value));
    for (String key : List.of("data", "test")) {
      Object value = line.getOrDefault(key, jobs.template().get(key));
      Optional<String> folder = jobs.folder();
      if (value instanceof String place && folder.isPresent() && isRelative(place)) {
        line.put(key, folder.get().replaceFirst("/$", "") + "/" + place);
      }
    }
    return line;
  }

  private static boolean isRelative(String place) {
    return !place.startsWith("/") && !place.matches("[a-zA-Z][a-zA-Z0-9+.-]*:.*");
  }

  private static String brief(String line) {
    return line.length() > 80 ? line.substring(0, 80) + "…" : line;
  }
}
