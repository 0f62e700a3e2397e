package dev.rootstock.activities.request;

import dev.rootstock.contract.CanonicalJson;
import dev.rootstock.contract.Check;
import dev.rootstock.contract.CorpusListing;
import dev.rootstock.contract.CorpusSpec;
import dev.rootstock.contract.InvalidConfig;
import dev.rootstock.contract.PinnedFile;
import dev.rootstock.contract.Problem;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Finds and pins the files of a corpus. */
final class CorpusFinder {
  private final FileFinder files;

  CorpusFinder(FileFinder files) {
    this.files = files;
  }

  /** The corpus as it lies now; what is wrong with it goes to {@code check}. */
  CorpusListing find(CorpusSpec corpus, Check check) throws IOException {
    List<CorpusListing.ListedSource> sources = new ArrayList<>();
    for (int i = 0; i < corpus.sources().size(); i++) {
      CorpusSpec.Source source = corpus.sources().get(i);
      String path = "corpus.sources." + i + ".path";
      sources.add(
          new CorpusListing.ListedSource(
              source.path(),
              source.weight(),
              source.licence(),
              source.format(),
              source.text(),
              pin(path, source, check),
              source.name(),
              source.cap()));
    }
    return new CorpusListing(sources);
  }

  private List<PinnedFile> pin(String path, CorpusSpec.Source source, Check check)
      throws IOException {
    List<SourceFile> found;
    try {
      found = files.find(path, source.path());
    } catch (InvalidConfig wrong) {
      check.addAll(wrong.problems());
      return List.of();
    }
    List<SourceFile> readable =
        source.format() == CorpusSpec.Format.AUTO ? known(path, source, found, check) : found;
    List<PinnedFile> pinned = new ArrayList<>();
    for (SourceFile file : readable) {
      try {
        pinned.add(file.pin(kind(source, file)));
      } catch (IOException unreadable) {
        check.that(false, path, file.uri() + " (" + unreadable + ")", "a file that can be read");
        return List.of();
      }
    }
    check.that(
        pinned.isEmpty() || pinned.stream().anyMatch(file -> file.bytes() > 0),
        path,
        "\"" + source.path() + "\", whose " + pinned.size() + " files are empty",
        "text to learn from");
    pinned.sort(
        Comparator.comparing(PinnedFile::sha256)
            .thenComparing(file -> file.label().orElse(""))
            .thenComparing(file -> file.uri().toString()));
    return pinned;
  }

  /** A format that is told by the name decides the documents; so it is pinned with the content. */
  private static Optional<String> kind(CorpusSpec.Source source, SourceFile file) {
    if (source.format() != CorpusSpec.Format.AUTO) {
      return Optional.empty();
    }
    return Optional.of(
        CanonicalJson.word(
            CorpusSpec.Format.ofName(file.lastName()).orElse(CorpusSpec.Format.AUTO)));
  }

  /** Of many files, those whose names tell their format; a single one must. */
  private static List<SourceFile> known(
      String path, CorpusSpec.Source source, List<SourceFile> found, Check check) {
    List<SourceFile> known =
        found.stream()
            .filter(file -> CorpusSpec.Format.ofName(file.lastName()).isPresent())
            .toList();
    if (known.isEmpty()) {
      check.addAll(
          List.of(
              Problem.of(
                  path,
                  "\"" + source.path() + "\", with " + found.size() + " files of unknown format",
                  "files ending in " + CorpusSpec.Format.ENDINGS,
                  "Set format to text, markdown, html, jsonl, paragraphs, warc, wet, csv, tsv or parquet.")));
    }
    return known;
  }
}
