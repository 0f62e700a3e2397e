package dev.rootstock.store;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * The sum that every S3 server checks on arrival, newer checksum headers or not. It guards the way
 * only; what an artifact holds is vouched for by the SHA-256 in its manifest.
 */
final class Md5 {
  private Md5() {}

  static String base64(byte[] bytes) {
    try {
      return Base64.getEncoder().encodeToString(MessageDigest.getInstance("MD5").digest(bytes));
    } catch (NoSuchAlgorithmException everyPlatformHasIt) {
      throw new IllegalStateException(everyPlatformHasIt);
    }
  }
}
