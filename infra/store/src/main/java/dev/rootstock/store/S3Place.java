package dev.rootstock.store;

import dev.rootstock.contract.InvalidConfig;
import dev.rootstock.contract.Problem;
import dev.rootstock.contract.store.Keys;
import java.net.URI;
import java.util.regex.Pattern;

/**
 * Where a store lies: a bucket, and the beginning of all keys in it.
 *
 * @param prefix empty, or ends with a slash
 */
record S3Place(String bucket, String prefix) {
  private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");

  /**
   * Reads {@code s3://bucket} or {@code s3://bucket/prefix}, with or without a slash at its end.
   *
   * @throws InvalidConfig if it is not of that kind; so a URI with a user or a password in it is
   *     refused
   */
  static S3Place of(URI root) {
    String bucket = String.valueOf(root.getRawAuthority());
    String path = String.valueOf(root.getRawPath()).replaceFirst("^/", "").replaceFirst("/$", "");
    boolean sound =
        "s3".equals(root.getScheme())
            && BUCKET.matcher(bucket).matches()
            && root.getRawQuery() == null
            && root.getRawFragment() == null;
    try {
      if (sound && !path.isEmpty()) {
        Keys.sound(path);
      }
    } catch (IllegalArgumentException notAKey) {
      sound = false;
    }
    if (!sound) {
      String shown = root.toString().replaceFirst("//[^/@]*@", "//…@"); // a secret may stand there
      throw new InvalidConfig(
          Problem.of(
              "store",
              "\"" + shown + "\"",
              "s3://bucket or s3://bucket/prefix, with a bucket of a-z, 0-9, '.' and '-' and a prefix of letters,"
                  + " digits and . _ + = -"));
    }
    return new S3Place(bucket, path.isEmpty() ? "" : path + "/");
  }

  /** As a person writes it, without a slash at its end. */
  URI uri() {
    return URI.create(
        "s3://"
            + bucket
            + (prefix.isEmpty() ? "" : "/" + prefix.substring(0, prefix.length() - 1)));
  }

  /** The bucket's own key of a store key. */
  String key(String key) {
    return prefix + key;
  }
}
