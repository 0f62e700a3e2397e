package dev.rootstock.preprocess.tokenize;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One stream of documents in rows of context + 1 tokens, neighbours sharing one. A shard begins
 * with one end of text, which is context alone.
 */
final class PackSequences implements Packer {
  private final int end;
  private final PackedRow.Taker taker;
  private final int[] tokens;
  private int filled;
  private List<Integer> starts = new ArrayList<>();
  private long firstDocument;
  private long documents;
  private long predicted;
  private long rows;

  PackSequences(int context, int end, PackedRow.Taker taker) {
    this.end = end;
    this.taker = taker;
    this.tokens = new int[context + 1];
    tokens[filled++] = end;
  }

  @Override
  public void add(int[] ids) throws IOException {
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
    Arrays.fill(tokens, filled, tokens.length, end);
    taker.take(
        new PackedRow(tokens.clone(), List.copyOf(starts), List.of(), firstDocument, filled));
    rows++;
    tokens[0] = tokens[tokens.length - 1];
    filled = 1;
    boolean shared =
        starts.contains(tokens.length - 1); // a document begins at the token that both rows hold
    starts = new ArrayList<>(shared ? List.of(0) : List.of());
    firstDocument = documents;
  }

  /** Fills the last row up with the end of text. */
  @Override
  public void finish() throws IOException {
    if (filled > 1) {
      handOn();
    }
  }

  @Override
  public long predicted() {
    return predicted;
  }

  @Override
  public long rows() {
    return rows;
  }
}
