package dev.rootstock.contract;

import java.util.List;
import java.util.Optional;

/** Where the files of a pinned corpus were seen: what {@link CorpusRef#listing} leads to. */
public record CorpusListing(List<ListedSource> sources) implements HandedOn {
  public CorpusListing {
    sources = List.copyOf(sources);
  }

  /**
   * One source; see {@link CorpusSpec.Source}.
   *
   * @param files sorted by sum
   */
  public record ListedSource(
      String path,
      double weight,
      Optional<String> licence,
      CorpusSpec.Format format,
      String text,
      List<PinnedFile> files,
      Optional<String> name,
      Optional<Long> cap)
      implements HandedOn {
    public ListedSource {
      files = List.copyOf(files);
    }

    /** A source without name and cap. */
    public ListedSource(
        String path,
        double weight,
        Optional<String> licence,
        CorpusSpec.Format format,
        String text,
        List<PinnedFile> files) {
      this(path, weight, licence, format, text, files, Optional.empty(), Optional.empty());
    }

    /** Its name, or its path. */
    public String label() {
      return name.orElse(path);
    }
  }

  /** The same without places: what is fingerprinted. */
  public CorpusContent content() {
    return new CorpusContent(
        sources.stream()
            .map(
                source ->
                    new CorpusContent.SourceContent(
                        source.weight(),
                        source.licence(),
                        source.format(),
                        source.text(),
                        source.files().stream().map(PinnedFile::content).toList(),
                        source.cap()))
            .toList());
  }
}
