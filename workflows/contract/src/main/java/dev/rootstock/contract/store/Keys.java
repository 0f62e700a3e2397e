package dev.rootstock.contract.store;

import java.util.regex.Pattern;

/** What a key may look like. */
public final class Keys {
  private static final Pattern PART = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._+=-]{0,127}");
  private static final int LONGEST = 512;

  private Keys() {}

  /**
   * Returns {@code key} if it is sound: parts of letters, digits, {@code . _ + = -} that do not
   * begin with a dot, parted by single slashes, at most 512 characters. No key can leave the store.
   */
  public static String sound(String key) {
    boolean sound = key.length() <= LONGEST && !key.isEmpty() && !key.endsWith("/");
    for (String part : key.split("/", -1)) {
      sound &= PART.matcher(part).matches();
    }
    if (!sound) {
      throw new IllegalArgumentException("not a store key: \"" + key + "\"");
    }
    return key;
  }

  /** The same for the beginning of keys, which may be empty or end in the middle of a part. */
  public static String soundPrefix(String prefix) {
    if (!prefix.isEmpty()) {
      sound(prefix.endsWith("/") ? prefix.substring(0, prefix.length() - 1) : prefix);
    }
    return prefix;
  }
}
