package dev.rootstock.console.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The log of a pretraining's engines, one after another. */
public record EngineLog(Path file) {
  private static final Pattern BEGINNING = Pattern.compile("--- \\S+ process (\\d+)");
  private static final Pattern STEP = Pattern.compile("step (\\d+)/\\d+ loss (\\S+)");

  /** The newest engine's process; empty if none has begun. */
  public OptionalLong process() {
    OptionalLong newest = OptionalLong.empty();
    for (String line : lines()) {
      Matcher beginning = BEGINNING.matcher(line);
      newest = beginning.matches() ? OptionalLong.of(Long.parseLong(beginning.group(1))) : newest;
    }
    return newest;
  }

  /**
   * Steps that more than one engine took.
   *
   * @param steps how many
   * @param equal of them with losses equal in every digit
   */
  public record Repeated(int steps, int equal) {}

  /** Compares what engines did twice. */
  public Repeated repeated() {
    Map<String, List<String>> losses = new LinkedHashMap<>();
    for (String line : lines()) {
      Matcher step = STEP.matcher(line);
      if (step.matches()) {
        losses.computeIfAbsent(step.group(1), any -> new ArrayList<>()).add(step.group(2));
      }
    }
    List<List<String>> twice = losses.values().stream().filter(found -> found.size() > 1).toList();
    long equal = twice.stream().filter(found -> found.stream().distinct().count() == 1).count();
    return new Repeated(twice.size(), (int) equal);
  }

  private List<String> lines() {
    try {
      return Files.exists(file) ? Files.readAllLines(file) : List.of();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
