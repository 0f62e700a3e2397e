package dev.rootstock.preprocess.read;

import dev.rootstock.contract.CorpusSpec.Format;
import java.nio.file.Path;

/** Reads one file as a program of its own, and prints its outcome. */
final class LittleMemory {
  private LittleMemory() {}

  public static void main(String[] arguments) throws Exception {
    CorpusFile file = Corpus.of(Path.of(arguments[0]), Format.valueOf(arguments[1]));
    long[] longest = {0};
    Outcome outcome =
        FileDocuments.read(
            file, document -> longest[0] = Math.max(longest[0], document.text().length()));
    System.out.printf(
        "documents %d faults %d broken %b longest %d%n",
        outcome.documents(), outcome.faults(), outcome.broken().isPresent(), longest[0]);
  }
}
