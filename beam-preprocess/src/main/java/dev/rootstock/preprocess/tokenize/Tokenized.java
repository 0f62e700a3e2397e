package dev.rootstock.preprocess.tokenize;

import dev.rootstock.contract.Fingerprint;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;

/**
 * A document as ids, without the end of text.
 *
 * @param order hash of its id and of which copy it is: its place in the shard
 */
public record Tokenized(String order, int[] ids) {
  static final Comparator<Tokenized> BY_ORDER = Comparator.comparing(Tokenized::order);

  private static final String SALT = "rootstock/order/";

  /** A copy of a document, from 0. */
  public static Tokenized of(String id, int copy, int[] ids) {
    return new Tokenized(
        Fingerprint.sha256((SALT + id + "/" + copy).getBytes(StandardCharsets.UTF_8)), ids);
  }
}
