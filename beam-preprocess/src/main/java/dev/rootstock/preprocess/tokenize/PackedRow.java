package dev.rootstock.preprocess.tokenize;

import java.io.IOException;
import java.util.List;

/**
 * A row of tokens; its first is context alone.
 *
 * @param tokens context + 1
 * @param starts offsets at which a document begins, after an end of text
 * @param resumes offsets at which a cut document goes on after another one: the token there is
 *     context alone, as the row's first is
 * @param firstDocument ordinal in the shard of the document that holds the first token; an end of
 *     text before the first document counts to that
 * @param length tokens of the row; what follows fills it up
 */
record PackedRow(
    int[] tokens, List<Integer> starts, List<Integer> resumes, long firstDocument, int length) {

  /** Takes a finished row. */
  interface Taker {
    void take(PackedRow row) throws IOException;
  }
}
