package dev.rootstock.contract;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A name made from what a thing was made of: the first 32 hexadecimal characters of the SHA-256 of
 * its {@linkplain #form canonical form}. Two requests with one fingerprint would make the same
 * bytes on the same kind of machine.
 */
public record Fingerprint(String hex) {
  /** Version of the canonical form's own layout. */
  public static final int FORMAT = 1;

  private static final Pattern HEX = Pattern.compile("[0-9a-f]{32}");

  public Fingerprint {
    new Check()
        .that(
            HEX.matcher(hex).matches(),
            "fingerprint",
            "\"" + hex + "\"",
            "32 characters of 0-9 and a-f")
        .done();
  }

  /**
   * The fingerprint of what {@code stage} makes of {@code inputs} as {@code spec} asks.
   *
   * @param inputs fingerprints of what the stage reads, by role
   * @param spec the record of every setting that can change the result
   */
  public static Fingerprint of(Stage stage, Map<String, Fingerprint> inputs, Record spec) {
    return ofForm(form(stage, inputs, spec));
  }

  /**
   * The canonical form as a tree: {@code format}, {@code stage}, {@code version}, {@code inputs},
   * {@code spec}.
   */
  public static Map<String, Object> form(
      Stage stage, Map<String, Fingerprint> inputs, Record spec) {
    Map<String, Object> form = new LinkedHashMap<>();
    form.put("format", (long) FORMAT);
    form.put("stage", CanonicalJson.word(stage));
    form.put("version", (long) stage.version());
    Map<String, Object> named = new LinkedHashMap<>();
    inputs.forEach((role, fingerprint) -> named.put(role, fingerprint.hex()));
    form.put("inputs", named);
    form.put("spec", CanonicalJson.tree(spec));
    return form;
  }

  /** The same of a stage that has no settings. */
  public static Map<String, Object> form(Stage stage, Map<String, Fingerprint> inputs) {
    return form(stage, inputs, new NoSettings());
  }

  private record NoSettings() {}

  /** The fingerprint of a canonical form, for whoever checks a manifest. */
  public static Fingerprint ofForm(Map<String, Object> form) {
    return new Fingerprint(
        sha256(Json.canonical(form).getBytes(StandardCharsets.UTF_8)).substring(0, 32));
  }

  /** Lower-case hexadecimal SHA-256, 64 characters. */
  public static String sha256(byte[] bytes) {
    return HexFormat.of().formatHex(digest().digest(bytes));
  }

  /** A fresh SHA-256 digest; every Java platform has one. */
  public static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException everyPlatformHasIt) {
      throw new IllegalStateException(everyPlatformHasIt);
    }
  }

  /** The first 12 characters, for people. */
  public String brief() {
    return hex.substring(0, 12);
  }

  @Override
  public String toString() {
    return hex;
  }
}
