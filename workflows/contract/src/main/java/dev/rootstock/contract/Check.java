package dev.rootstock.contract;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Gathers what is wrong with one record, so that a person hears of all of it at once. Not
 * thread-safe.
 */
public final class Check {
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,62}");

  private final List<Problem> problems = new ArrayList<>();

  /** Notes a problem with {@code field} unless {@code holds}. */
  public Check that(boolean holds, String field, Object found, String wanted) {
    if (!holds) {
      problems.add(Problem.of(field, found, wanted));
    }
    return this;
  }

  /** Notes a problem and its remedy unless {@code holds}. */
  public Check that(boolean holds, String field, Object found, String wanted, String remedy) {
    if (!holds) {
      problems.add(Problem.of(field, found, wanted, remedy));
    }
    return this;
  }

  public Check positive(String field, long found) {
    return that(found > 0, field, found, "a whole number above 0");
  }

  public Check share(String field, double found) {
    return that(found >= 0 && found < 1, field, found, "at least 0 and below 1");
  }

  /**
   * Names become parts of store keys and of workflow ids; hence lower case, and no path can hide in
   * one.
   */
  public Check name(String field, String found) {
    return that(
        NAME.matcher(found).matches(),
        field,
        "\"" + found + "\"",
        "1 to 63 of a-z, 0-9, '.', '_' and '-', beginning with a letter or digit");
  }

  /** A name that can not be taken for a version. */
  public Check alias(String field, String found) {
    return name(field, found)
        .that(
            !found.matches("\\d+"),
            field,
            "\"" + found + "\"",
            "not a number alone, for that is a version");
  }

  public Check addAll(Collection<Problem> more) {
    problems.addAll(more);
    return this;
  }

  public List<Problem> problems() {
    return List.copyOf(problems);
  }

  /**
   * Ends the check.
   *
   * @throws InvalidConfig with every problem noted, if there is one
   */
  public void done() {
    if (!problems.isEmpty()) {
      throw new InvalidConfig(problems);
    }
  }
}
