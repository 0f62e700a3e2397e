package dev.rootstock.preprocess.tokenize;

import dev.rootstock.contract.Fingerprint;
import dev.rootstock.preprocess.mix.CapHash;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * A part of documents to tokenize.
 *
 * @param index among the parts
 * @param source index of its source in the corpus
 * @param key in the store
 * @param sha256 of its file
 * @param weight of its source: how often a training document is sampled, the fraction settled by a
 *     hash of the document's id and never by a draw
 * @param cap of its source: documents from this {@link CapHash} on are not sampled
 */
public record Part(int index, int source, String key, String sha256, double weight, long cap)
    implements Serializable {
  private static final String SALT = "rootstock/weight/";

  /** A part of a source without a cap. */
  public Part(int index, int source, String key, String sha256, double weight) {
    this(index, source, key, sha256, weight, CapHash.END);
  }

  /** Copies of a document: 2 or 3 for a weight of 2.5. */
  int copies(String id) {
    if (cap < CapHash.END && CapHash.of(id) >= cap) {
      return 0;
    }
    int whole = (int) weight;
    return whole + (share(id) < weight - whole ? 1 : 0);
  }

  /** A hash of the id as a number of at least 0 and below 1. */
  private static double share(String id) {
    byte[] sum = Fingerprint.digest().digest((SALT + id).getBytes(StandardCharsets.UTF_8));
    return (ByteBuffer.wrap(sum).getLong() >>> 11) * 0x1p-53;
  }
}
