package dev.rootstock.contract;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Which text a base is grown on, and how it is cleaned.
 *
 * @param sources at least one
 * @param clean the recipe; default {@code basic}
 */
public record CorpusSpec(List<Source> sources, @Default("\"basic\"") CleaningSpec clean) {
  public CorpusSpec {
    sources = List.copyOf(sources);
    new Check()
        .that(!sources.isEmpty(), "sources", "empty", "a list of at least one source")
        .that(
            distinct(sources),
            "sources",
            "a list in which two sources have one name",
            "a list of sources whose names differ")
        .done();
  }

  private static boolean distinct(List<Source> sources) {
    List<String> names = sources.stream().flatMap(source -> source.name().stream()).toList();
    return names.stream().distinct().count() == names.size();
  }

  /** How the documents of a file are told apart. */
  public enum Format {
    /**
     * By the file's name: {@code .jsonl} (or {@code .ndjson}), {@code .md}, {@code .html}, {@code
     * .warc}, {@code .wet}, {@code .csv}, {@code .tsv}, {@code .txt}, each also with {@code .gz} or
     * {@code .zst}, and {@code .parquet}; any other is read as {@code .txt}. A text file is cut
     * where it would make poor documents whole: at the titles of articles ({@code = Title =} on a
     * line of its own after a blank one, as in WikiText) if its first MiB holds one; else, above
     * 100 kB, at the first blank line after 4 kB, at the end of a line after 8 kB, and at the first
     * line of every MiB. A smaller one is one document.
     */
    AUTO,
    /** One document a file; blank-line separated articles stay one document. */
    TEXT,
    /** One document a file, its mark-up removed. */
    MARKDOWN,
    /** One document a file: the main text of a web page. */
    HTML,
    /** One JSON object a line; the text under {@link Source#text}. */
    JSONL,
    /** One document per run of lines between blank lines, for large files of many short texts. */
    PARAGRAPHS,
    /**
     * What crawlers keep: the main text of each HTML page, and each plain text, that was answered
     * with success.
     */
    WARC,
    /** Plain texts that were made of a WARC, as Common Crawl gives them out. */
    WET,
    /** Rows with a header, by RFC 4180; the text in the column {@link Source#text}. */
    CSV,
    /** The same with tabs. */
    TSV,
    /** Rows of a Parquet file; the text in the string column {@link Source#text}. */
    PARQUET;

    /** The endings {@link #ofName} knows, for people. */
    public static final String ENDINGS =
        ".txt, .md, .html, .jsonl, .csv, .tsv, .warc or .wet, also with .gz or .zst, or in .parquet";

    /**
     * What {@link #AUTO} comes to for a file of this name, {@code AUTO} for a text; empty if the
     * name tells nothing.
     */
    public static Optional<Format> ofName(String name) {
      String lower = name.toLowerCase(Locale.ROOT);
      String plain = lower.replaceFirst("\\.(?:gz|zst|zstd)$", "");
      return switch (plain.substring(plain.lastIndexOf('.') + 1)) {
        case "jsonl", "ndjson" -> Optional.of(JSONL);
        case "md", "markdown" -> Optional.of(MARKDOWN);
        case "txt" -> Optional.of(AUTO);
        case "html", "htm", "xhtml" -> Optional.of(HTML);
        case "warc" -> Optional.of(WARC);
        case "wet" -> Optional.of(WET);
        case "csv" -> Optional.of(CSV);
        case "tsv" -> Optional.of(TSV);
        case "parquet" -> plain.equals(lower) ? Optional.of(PARQUET) : Optional.empty();
        default -> Optional.empty();
      };
    }
  }

  /**
   * One place to read from.
   *
   * @param path a file, a folder or a glob ({@code **} crosses folders), local or {@code s3://}
   * @param weight how often to sample its documents; 1 once each, 2 twice, 0.5 every other; above
   *     0, at most 100
   * @param licence SPDX name or free text, carried to every document and to the model card
   * @param format see {@link Format}
   * @param text the key (JSONL) or the column (CSV, TSV, Parquet) that holds the text
   * @param name what statistics and the model card call it; default: its path
   * @param cap most bytes of its clean text that are trained on, before {@code weight}: documents
   *     are taken in the order of a hash of their ids, so which ones does not depend on where they
   *     lie. Default: all
   */
  @Shorthand("path")
  public record Source(
      String path,
      @Default("1") double weight,
      Optional<String> licence,
      @Default("\"auto\"") Format format,
      @Default("\"text\"") String text,
      Optional<String> name,
      Optional<Long> cap) {
    public Source {
      new Check()
          .that(!path.isBlank(), "path", "empty", "a file, a folder or a glob")
          .that(weight > 0 && weight <= 100, "weight", weight, "above 0 and at most 100")
          .that(!text.isBlank(), "text", "empty", "the key or column that holds the text")
          .that(
              name.map(given -> !given.isBlank()).orElse(true),
              "name",
              "empty",
              "a name, or left out")
          .that(
              cap.orElse(1L) > 0,
              "cap",
              cap.orElse(1L),
              "a whole number of bytes above 0, such as 2e9")
          .done();
    }

    /** A source without name and cap. */
    public Source(
        String path, double weight, Optional<String> licence, Format format, String text) {
      this(path, weight, licence, format, text, Optional.empty(), Optional.empty());
    }
  }
}
