package dev.rootstock.preprocess.tokenize;

import dev.rootstock.contract.CorpusListing;
import dev.rootstock.contract.Fingerprint;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * How often a training document is sampled: by the weight of its source, the fraction settled by a
 * hash of the document's id and never by a draw.
 *
 * @param weights of the sources, by index
 */
public record Weights(List<Double> weights) implements Serializable {
  private static final String SALT = "rootstock/weight/";

  public Weights {
    weights = List.copyOf(weights);
  }

  public static Weights of(CorpusListing corpus) {
    return new Weights(corpus.sources().stream().map(CorpusListing.ListedSource::weight).toList());
  }

  /** Copies of a document: 2 or 3 for a weight of 2.5. */
  int copies(String id, int source) {
    double weight = weights.get(source);
    int whole = (int) weight;
    return whole + (share(id) < weight - whole ? 1 : 0);
  }

  /** A hash of the id as a number of at least 0 and below 1. */
  private static double share(String id) {
    byte[] sum = Fingerprint.digest().digest((SALT + id).getBytes(StandardCharsets.UTF_8));
    return (ByteBuffer.wrap(sum).getLong() >>> 11) * 0x1p-53;
  }
}
