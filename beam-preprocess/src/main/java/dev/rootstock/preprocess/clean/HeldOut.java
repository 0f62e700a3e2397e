package dev.rootstock.preprocess.clean;

import dev.rootstock.contract.Fingerprint;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;

/**
 * Chooses documents to measure on, by a salted hash of their ids: those whose hash, as a share of
 * all hashes, is below the wished share. Of two documents or more, the one with the least hash is
 * held out in any case and the one with the greatest is not, unless the share is 0. A document's
 * place seldom changes when a corpus grows: only where it was such a least or greatest one.
 *
 * @param share wished
 */
public record HeldOut(double share) implements Serializable {
  public static final String TRAIN = "train";
  public static final String VALIDATION = "validation";

  private static final String SALT = "rootstock/validation/";

  /** The least and the greatest of some documents' ids, by their hash. */
  public record Ends(String least, String greatest) implements Serializable {
    static final Comparator<String> BY_HASH =
        Comparator.comparingLong(HeldOut::hash).thenComparing(id -> id);
  }

  /** {@code train} or {@code validation}. */
  public String splitOf(String id, Ends ends) {
    if (share == 0 || id.equals(ends.greatest())) {
      return TRAIN;
    }
    return id.equals(ends.least()) || hash(id) < share * (1L << 53) ? VALIDATION : TRAIN;
  }

  /** Of the two ids those whose hashes alone would decide otherwise; the others empty. */
  Ends forced(Ends ends) {
    boolean least = share > 0 && hash(ends.least()) >= share * (1L << 53);
    boolean greatest = share > 0 && hash(ends.greatest()) < share * (1L << 53);
    return new Ends(least ? ends.least() : "", greatest ? ends.greatest() : "");
  }

  /** 53 bits, which a double holds exactly. */
  private static long hash(String id) {
    byte[] sum = Fingerprint.digest().digest((SALT + id).getBytes(StandardCharsets.UTF_8));
    return ByteBuffer.wrap(sum).getLong() >>> 11;
  }
}
