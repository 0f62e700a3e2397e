package dev.rootstock.contract;

import java.util.List;
import java.util.Optional;

/**
 * A task by what its files hold: labelled rows, how they are read, and how they are parted.
 *
 * @param data the files' contents, in the order of their names
 * @param test the files' contents of a given test set; empty: {@code testShare} is parted off
 * @param fields which columns or keys
 * @param format how rows are told apart
 * @param encoding of the files
 * @param devShare for early stopping, by a salted hash of the row
 * @param testShare read once, at the end; ignored where {@code test} is given
 * @param limit at most so many training rows, the first by the same hash; empty: all
 */
public record TaskSpec(
    TaskType type,
    List<Content> data,
    List<Content> test,
    Fields fields,
    Format format,
    Encoding encoding,
    @Default("0.1") double devShare,
    @Default("0.2") double testShare,
    Optional<Integer> limit) {
  public TaskSpec {
    data = List.copyOf(data);
    test = List.copyOf(test);
    new Check()
        .share("devShare", devShare)
        .share("testShare", testShare)
        .that(
            devShare + testShare < 1,
            "testShare",
            testShare,
            "below 1 together with devShare (" + devShare + ")")
        .that(limit.orElse(1) > 0, "limit", limit.orElse(1), "a whole number above 0")
        .done();
  }

  /** The same with nothing in it that leaves the test rows as they are. */
  public TaskSpec testing() {
    return new TaskSpec(type, data, test, fields, format, encoding, 0, testShare, Optional.empty());
  }

  /** Columns of a table or keys of an object. */
  public record Fields(
      @Default("\"text\"") String text,
      @Default("\"label\"") String label,
      @Default("\"source\"") String source,
      @Default("\"target\"") String target) {}

  /** How rows are told apart. */
  public enum Format {
    /** By the file's name. */
    AUTO,
    CSV,
    TSV,
    JSONL,
    /**
     * One row a line. For {@code classify} the label is the file's extension, or its stem if all
     * extensions are equal.
     */
    LINES
  }

  /** Of the files. */
  public enum Encoding {
    /** UTF-8, and anything else is an error. */
    UTF_8,
    ISO_8859_1,
    WINDOWS_1252,
    /** UTF-8, or windows-1252 for a file that is not; the report says so. */
    AUTO
  }
}
