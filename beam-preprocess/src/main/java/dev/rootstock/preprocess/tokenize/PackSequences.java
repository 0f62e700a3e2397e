package dev.rootstock.preprocess.tokenize;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Packs documents into rows of context + 1 tokens, neighbours sharing one. A shard begins with one
 * end of text, which is context alone, so that every token of every document, and the end of text
 * after it, is predicted exactly once. Not thread-safe.
 */
final class PackSequences {
  /**
   * A row.
   *
   * @param tokens context + 1
   * @param starts offsets at which a document begins
   * @param firstDocument ordinal of the document that holds the first token; the shard's first
   *     token counts to document 0
   */
  record Row(int[] tokens, List<Integer> starts, long firstDocument) {}

  /** Takes a finished row. */
  interface Taker {
    void take(Row row) throws IOException;
  }

  private final int end;
  private final Taker taker;
  private final int[] tokens;
  private int filled;
  private List<Integer> starts = new ArrayList<>();
  private long firstDocument;
  private long documents;
  private long predicted;
  private long rows;

  /**
   * @param context tokens a row predicts
   * @param end id of the end of text
   */
  PackSequences(int context, int end, Taker taker) {
    this.end = end;
    this.taker = taker;
    this.tokens = new int[context + 1];
    tokens[filled++] = end;
  }

  /** Adds a document's ids and the end of text. */
  void add(int[] ids) throws IOException {
    starts.add(filled);
    for (int id : ids) {
      put(id);
    }
    put(end);
    documents++;
  }

  private void put(int id) throws IOException {
    tokens[filled++] = id;
    predicted++;
    if (filled == tokens.length) {
      handOn();
    }
  }

  private void handOn() throws IOException {
    taker.take(new Row(tokens.clone(), List.copyOf(starts), firstDocument));
    rows++;
    tokens[0] = tokens[tokens.length - 1];
    filled = 1;
    boolean shared =
        starts.contains(tokens.length - 1); // a document begins at the token that both rows hold
    starts = new ArrayList<>(shared ? List.of(0) : List.of());
    firstDocument = documents;
  }

  /** Fills the last row up with the end of text. Returns the number of tokens that took. */
  int finish() throws IOException {
    if (filled == 1) {
      return 0;
    }
    int filling = tokens.length - filled;
    Arrays.fill(tokens, filled, tokens.length, end);
    handOn();
    return filling;
  }

  /** Tokens that the rows predict, without the filling. */
  long predicted() {
    return predicted;
  }

  long rows() {
    return rows;
  }
}
