package dev.rootstock.contract;

import java.util.List;
import java.util.Optional;

/**
 * A corpus by what it holds: what gets fingerprinted. Paths and names of files stay out; their
 * order does too.
 */
public record CorpusContent(List<SourceContent> sources) {
  public CorpusContent {
    sources = List.copyOf(sources);
  }

  /**
   * One source.
   *
   * @param files sorted by sum
   */
  public record SourceContent(
      double weight,
      Optional<String> licence,
      CorpusSpec.Format format,
      String text,
      List<Content> files,
      Optional<Long> cap) {
    public SourceContent {
      files = List.copyOf(files);
    }

    /** A source without a cap. */
    public SourceContent(
        double weight,
        Optional<String> licence,
        CorpusSpec.Format format,
        String text,
        List<Content> files) {
      this(weight, licence, format, text, files, Optional.empty());
    }
  }
}
