package dev.rootstock.contract;

import java.util.Optional;

/**
 * One thing that is wrong with a request.
 *
 * @param path where, as a dotted path from the request's root ({@code finetunes.0.label}); empty
 *     for the whole
 * @param found the value found, as a person would write it
 * @param wanted the value wanted, as words that follow "must be"
 * @param remedy what to do about it, if that is not obvious from {@code wanted}
 */
public record Problem(String path, String found, String wanted, Optional<String> remedy) {
  public static Problem of(String path, Object found, String wanted) {
    return new Problem(path, String.valueOf(found), wanted, Optional.empty());
  }

  public static Problem of(String path, Object found, String wanted, String remedy) {
    return new Problem(path, String.valueOf(found), wanted, Optional.of(remedy));
  }

  /** The same problem seen from the record that holds this one under {@code parent}. */
  public Problem under(String parent) {
    String joined = path.isEmpty() ? parent : parent.isEmpty() ? path : parent + "." + path;
    return new Problem(joined, found, wanted, remedy);
  }

  /** One sentence: {@code model.width is 64; it must be a multiple of heads (3)}. */
  public String sentence() {
    String subject = path.isEmpty() ? "the request" : path;
    return subject
        + " is "
        + found
        + "; it must be "
        + wanted
        + remedy.map(r -> ". " + r).orElse("");
  }
}
