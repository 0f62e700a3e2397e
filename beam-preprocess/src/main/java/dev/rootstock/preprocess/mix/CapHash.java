package dev.rootstock.preprocess.mix;

import dev.rootstock.contract.Fingerprint;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** The place of a document in the order in which a capped source is filled. */
public final class CapHash {
  /** Hashes are at least 0 and below this. */
  public static final long END = 1L << 62;

  private static final String SALT = "rootstock/cap/";

  private CapHash() {}

  /** 62 bits of a salted hash of a document's id. */
  public static long of(String id) {
    byte[] sum = Fingerprint.digest().digest((SALT + id).getBytes(StandardCharsets.UTF_8));
    return ByteBuffer.wrap(sum).getLong() >>> 2;
  }
}
