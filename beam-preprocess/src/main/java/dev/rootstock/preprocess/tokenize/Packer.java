package dev.rootstock.preprocess.tokenize;

import dev.rootstock.contract.TokensSpec;
import java.io.IOException;

/**
 * Packs documents into rows. Every token of every document, and the end of text after it, is
 * predicted exactly once. What comes out follows from what is added and its order. Not thread-safe.
 */
interface Packer {
  /**
   * @param context tokens a row predicts
   * @param end id of the end of text
   */
  static Packer of(TokensSpec.Packing packing, int context, int end, PackedRow.Taker taker) {
    return switch (packing) {
      case STREAM -> new PackSequences(context, end, taker);
      case BEST_FIT -> new PackBestFit(context, end, taker);
    };
  }

  /** Adds a document's ids, to which the end of text is added. */
  void add(int[] ids) throws IOException;

  /** Hands on what is left. */
  void finish() throws IOException;

  /** Tokens that the rows predict. */
  long predicted();

  long rows();
}
