package dev.rootstock.contract.task;

import dev.rootstock.contract.CanonicalJson;
import dev.rootstock.contract.Fingerprint;
import dev.rootstock.contract.InvalidConfig;
import dev.rootstock.contract.Json;
import dev.rootstock.contract.PinnedFile;
import dev.rootstock.contract.Problem;
import dev.rootstock.contract.TaskSpec;
import dev.rootstock.contract.TaskType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/**
 * Reads the rows of a task's files and gathers what is wrong with them. The rows of one file keep
 * its order; files keep theirs. Not thread-safe.
 */
public final class TaskRows {
  private static final int MANY =
      20; // problems told of one set of files; more would bury the first

  private static final String OTHER_SPELLING = "conversations";
  private static final String CONVERSATION =
      "messages of the roles system, user and assistant, each with a content that is text, the assistant's not all empty";

  private final TaskSpec spec;
  private final TaskFiles files;
  private final List<Problem> problems = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  public TaskRows(TaskSpec spec, TaskFiles files) {
    this.spec = spec;
    this.files = files;
  }

  /** What went otherwise than asked and is no fault, a sentence each. */
  public List<String> notes() {
    return List.copyOf(notes);
  }

  /**
   * All rows of some of the task's files.
   *
   * @throws InvalidConfig with what is wrong, the first 20 of it: file, line, found, wanted
   * @throws IOException if a file can not be read, which another attempt may
   */
  public List<TaskRow> read(List<PinnedFile> pinned) throws IOException {
    problems.clear();
    List<TaskRow> rows = new ArrayList<>();
    Map<String, List<Side>> pairs = new LinkedHashMap<>();
    for (PinnedFile file : pinned) {
      String name = nameOf(file);
      try {
        String text = FileText.of(bytes(file, name), spec.encoding(), name, notes);
        if (format(name) == TaskSpec.Format.LINES && spec.type() == TaskType.SEQ2SEQ) {
          side(file, name)
              .ifPresent(
                  side ->
                      pairs
                          .computeIfAbsent(side, key -> new ArrayList<>())
                          .add(new Side(name, text)));
        } else {
          rows.addAll(rows(file, name, text));
        }
      } catch (InvalidConfig wrong) {
        problems.addAll(wrong.problems());
      }
    }
    if (!pairs.isEmpty()) {
      pair(pairs, rows);
    }
    if (problems.isEmpty() && rows.isEmpty()) {
      problems.add(
          Problem.of(
              pinned.isEmpty() ? "data" : nameOf(pinned.get(0)),
              "without a row",
              "at least one row"));
    }
    if (!problems.isEmpty()) {
      throw new InvalidConfig(problems.subList(0, Math.min(MANY, problems.size())));
    }
    return rows;
  }

  /** A pinned file's name: the last part of where it lies. */
  static String nameOf(PinnedFile file) {
    String path = file.uri().getPath();
    return path.substring(path.lastIndexOf('/') + 1);
  }

  private byte[] bytes(PinnedFile file, String name) throws IOException {
    if (name.toLowerCase(Locale.ROOT).endsWith(".parquet")) {
      throw new InvalidConfig(
          Problem.of(
              name,
              "a Parquet file",
              "CSV, TSV, JSONL or lines",
              "Write it as JSONL first, as pandas does: to_json(orient=\"records\", lines=True)"));
    }
    byte[] bytes;
    try (InputStream in = files.open(file)) {
      bytes = in.readAllBytes();
    }
    if (!Fingerprint.sha256(bytes).equals(file.sha256())) {
      throw new InvalidConfig(
          Problem.of(
              name,
              "another content than was pinned",
              "unchanged",
              "Start the run again to pin it anew"));
    }
    if (!name.endsWith(".gz")) {
      return bytes;
    }
    try (InputStream unpacked = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
      return unpacked.readAllBytes();
    } catch (IOException notGzip) {
      throw new InvalidConfig(
          Problem.of(
              name, "not whole gzip (" + notGzip.getMessage() + ")", "gzip, as its name says"));
    }
  }

  private TaskSpec.Format format(String name) {
    if (spec.format() != TaskSpec.Format.AUTO) {
      return spec.format();
    }
    String plain = LineLabels.withoutPacking(name).toLowerCase(Locale.ROOT);
    if (plain.endsWith(".csv")) {
      return TaskSpec.Format.CSV;
    }
    if (plain.endsWith(".tsv") || plain.endsWith(".tab")) {
      return TaskSpec.Format.TSV;
    }
    return plain.endsWith(".jsonl") || plain.endsWith(".ndjson")
        ? TaskSpec.Format.JSONL
        : TaskSpec.Format.LINES;
  }

  private List<TaskRow> rows(PinnedFile file, String name, String text) {
    TaskSpec.Format format = format(name);
    if (spec.type() == TaskType.CHAT) {
      if (format == TaskSpec.Format.JSONL) {
        return conversations(name, text);
      }
      problems.add(
          Problem.of(name, CanonicalJson.word(format), "JSONL, for a chat has messages in turn"));
      return List.of();
    }
    return switch (format) {
      case CSV -> table(name, Table.read(text, ',', name));
      case TSV -> table(name, Table.read(text, '\t', name));
      case JSONL -> objects(name, text);
      case LINES, AUTO -> lines(file, name, text);
    };
  }

  private List<TaskRow> table(String name, List<Table.Line> table) {
    List<TaskRow> rows = new ArrayList<>();
    if (table.isEmpty()) {
      problems.add(Problem.of(name, "empty", "a header and at least one row"));
      return rows;
    }
    List<String> header = table.get(0).fields().stream().map(String::strip).toList();
    int given = column(name, header, givenField());
    int wanted = wantedField().map(field -> column(name, header, field)).orElse(-1);
    if (given < 0 || (wanted < 0 && wantedField().isPresent())) {
      return rows;
    }
    for (Table.Line line : table.subList(1, table.size())) {
      List<String> fields = line.fields();
      if (fields.size() != header.size()) {
        problem(
            name,
            line.number(),
            fields.size() + " fields",
            "as many as the header has (" + header.size() + ")");
      } else {
        add(rows, fields.get(given), wanted < 0 ? "" : fields.get(wanted), name, line.number());
      }
    }
    return rows;
  }

  private int column(String name, List<String> header, String field) {
    int index = header.indexOf(field);
    if (index < 0) {
      problems.add(missing("column " + field + " of " + name, field, header, "the header has "));
    }
    return index;
  }

  private Problem missing(String subject, String field, List<String> present, String has) {
    List<String> free = new ArrayList<>(present);
    free.remove(givenField());
    wantedField().ifPresent(free::remove);
    Optional<String> near = CanonicalJson.nearest(field, free);
    if (near.isEmpty() && free.size() == 1) {
      near = Optional.of(free.get(0));
    }
    return new Problem(
        subject,
        "not found",
        "there; " + has + String.join(",", present),
        near.map(word -> "Did you mean " + word + "?"));
  }

  private List<TaskRow> objects(String name, String text) {
    List<TaskRow> rows = new ArrayList<>();
    long number = 0;
    for (String line : text.split("\r?\n", -1)) {
      number++;
      if (line.isBlank()) {
        continue;
      }
      try {
        if (Json.parse(line) instanceof Map<?, ?> object) {
          String given = value(object, givenField(), name, number);
          String wanted =
              wantedField().isEmpty() ? "" : value(object, wantedField().get(), name, number);
          if (given != null && wanted != null) {
            add(rows, given, wanted, name, number);
          }
        } else {
          problem(name, number, "not an object", "a JSON object");
        }
      } catch (IllegalArgumentException notJson) {
        problem(name, number, notJson.getMessage(), "a JSON object");
      }
    }
    return rows;
  }

  private List<TaskRow> conversations(String name, String text) {
    List<TaskRow> rows = new ArrayList<>();
    long number = 0;
    for (String line : text.split("\r?\n", -1)) {
      number++;
      if (line.isBlank()) {
        continue;
      }
      try {
        conversation(Json.parse(line), name, number).ifPresent(rows::add);
      } catch (IllegalArgumentException wrong) {
        problem(name, number, wrong.getMessage(), CONVERSATION);
      }
    }
    return rows;
  }

  private Optional<TaskRow> conversation(Object line, String name, long number) {
    if (!(line instanceof Map<?, ?> object)) {
      throw new IllegalArgumentException("not an object");
    }
    String key = givenField();
    Object turns = object.get(object.containsKey(key) ? key : OTHER_SPELLING);
    if (turns == null) {
      List<String> keys = object.keySet().stream().map(String::valueOf).toList();
      problems.add(
          missing("key " + key + " of " + name + " line " + number, key, keys, "the object has "));
      return Optional.empty();
    }
    Conversation read = Conversation.of(turns);
    return Optional.of(new TaskRow(read.json(), read.answer(), name, number));
  }

  private String value(Map<?, ?> object, String key, String name, long number) {
    Object value = object.get(key);
    if (value == null) {
      List<String> keys = object.keySet().stream().map(String::valueOf).toList();
      problems.add(
          missing("key " + key + " of " + name + " line " + number, key, keys, "the object has "));
      return null;
    }
    if (value instanceof Map || value instanceof List) {
      problem(
          name,
          number,
          key + ": " + Json.line(value),
          "text, a number or true or false under " + key);
      return null;
    }
    return value instanceof String text ? text : Json.line(value);
  }

  private List<TaskRow> lines(PinnedFile file, String name, String text) {
    List<TaskRow> rows = new ArrayList<>();
    String label = file.label().orElse("");
    if (spec.type() == TaskType.CLASSIFY && label.isBlank()) {
      problems.add(
          Problem.of(
              name,
              "a file of bare lines without a label",
              "named for its label, as reviews.pos or pos.txt",
              "Or use a CSV, TSV or JSONL file with a label column"));
      return rows;
    }
    long number = 0;
    for (String line : text.split("\r?\n", -1)) {
      number++;
      if (!line.isBlank()) {
        rows.add(new TaskRow(line.strip(), label, name, number));
      }
    }
    return rows;
  }

  /** Which side of a translation a file of lines is: {@code source} or {@code target}. */
  private Optional<String> side(PinnedFile file, String name) {
    String label = file.label().orElse("");
    if (label.equals(spec.fields().source()) || label.equals(spec.fields().target())) {
      return Optional.of(label);
    }
    problems.add(
        Problem.of(
            name,
            "a file of bare lines that is neither side",
            "named for its side, " + spec.fields().source() + " or " + spec.fields().target(),
            "Set source and target to the files' extensions, as en and de for train.en and train.de"));
    return Optional.empty();
  }

  private record Side(String name, String text) {}

  private void pair(Map<String, List<Side>> pairs, List<TaskRow> rows) {
    List<Side> sources = pairs.getOrDefault(spec.fields().source(), List.of());
    List<Side> targets = pairs.getOrDefault(spec.fields().target(), List.of());
    if (sources.size() != targets.size()) {
      problems.add(
          Problem.of(
              "data",
              sources.size() + " source and " + targets.size() + " target files",
              "as many of each"));
      return;
    }
    for (int i = 0; i < sources.size(); i++) {
      String[] given = sources.get(i).text().split("\r?\n", -1);
      String[] wanted = targets.get(i).text().split("\r?\n", -1);
      if (given.length != wanted.length) {
        problems.add(
            Problem.of(
                targets.get(i).name(),
                wanted.length + " lines long",
                "as long as " + sources.get(i).name() + " (" + given.length + ")"));
        continue;
      }
      for (int line = 0; line < given.length; line++) {
        if (!given[line].isBlank() || !wanted[line].isBlank()) {
          add(rows, given[line], wanted[line], sources.get(i).name(), line + 1L);
        }
      }
    }
  }

  private void add(List<TaskRow> rows, String given, String wanted, String name, long number) {
    if (given.isBlank()) {
      problem(
          name,
          number,
          "an empty " + givenField(),
          "a row with a text",
          "Remove the row, or fill it in");
    } else if (wanted.isBlank() && wantedField().isPresent()) {
      String field = wantedField().get();
      problem(
          name,
          number,
          "an empty " + field,
          "a row with a " + field,
          "Remove the row, or fill it in");
    } else {
      rows.add(new TaskRow(given.strip(), wanted.strip(), name, number));
    }
  }

  private String givenField() {
    return spec.type() == TaskType.SEQ2SEQ ? spec.fields().source() : spec.fields().text();
  }

  private Optional<String> wantedField() {
    return switch (spec.type()) {
      case CLASSIFY -> Optional.of(spec.fields().label());
      case SEQ2SEQ -> Optional.of(spec.fields().target());
      case LANGUAGE_MODEL, CHAT -> Optional.empty();
    };
  }

  private void problem(String file, long line, String found, String wanted) {
    problems.add(Problem.of(file + " line " + line, found, wanted));
  }

  private void problem(String file, long line, String found, String wanted, String remedy) {
    problems.add(Problem.of(file + " line " + line, found, wanted, remedy));
  }
}
