package dev.rootstock.preprocess;

import dev.rootstock.contract.engine.Hopeless;
import dev.rootstock.preprocess.clean.DocumentCounts;
import java.util.List;
import java.util.stream.Collectors;

/** Files of a corpus that could not be read to their ends: told together, after all were read. */
final class BrokenFiles {
  private static final int NAMED = 50;

  private BrokenFiles() {}

  /**
   * @throws Hopeless {@code BadCorpus}, naming them, if there are any
   */
  static void refuse(List<Receipt> receipts) {
    List<String> broken =
        receipts.stream()
            .map(receipt -> receipt.more().get(DocumentCounts.BROKEN))
            .filter(List.class::isInstance)
            .flatMap(files -> ((List<?>) files).stream().map(String::valueOf))
            .sorted()
            .distinct()
            .toList();
    if (!broken.isEmpty()) {
      throw new Hopeless(
          "BadCorpus",
          broken.size()
              + (broken.size() == 1 ? " file" : " files")
              + " of the corpus can not be read to the end; mend or remove: "
              + broken.stream().limit(NAMED).collect(Collectors.joining("; "))
              + (broken.size() > NAMED ? "; …" : ""));
    }
  }
}
