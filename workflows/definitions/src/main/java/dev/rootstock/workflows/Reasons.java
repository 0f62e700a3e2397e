package dev.rootstock.workflows;

import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;

/** What lies at the bottom of a failure, in words for people. */
public final class Reasons {
  private static final int LONGEST = 2000; // characters; histories cut failures at 4 KiB

  private Reasons() {}

  /** The innermost cause that says something: its type, if it has one, and its message. */
  public static String of(Throwable failure) {
    Throwable deepest = failure;
    while (deepest.getCause() != null && deepest.getCause() != deepest) {
      deepest = deepest.getCause();
    }
    String words =
        deepest instanceof ApplicationFailure application
            ? application.getType() + ": " + application.getOriginalMessage()
            : deepest.getClass().getSimpleName() + ": " + deepest.getMessage();
    return words.length() > LONGEST ? words.substring(0, LONGEST) + "…" : words;
  }

  /**
   * The type that a failure was given where it arose, {@code Diverged} for example; else its class.
   */
  public static String type(Throwable failure) {
    Throwable deepest = failure;
    while (deepest.getCause() != null && deepest.getCause() != deepest) {
      deepest = deepest.getCause();
    }
    return deepest instanceof ApplicationFailure application
        ? application.getType()
        : deepest.getClass().getSimpleName();
  }

  /** Whether this is somebody's wish to stop rather than a fault. */
  public static boolean cancelled(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof CanceledFailure) {
        return true;
      }
    }
    return false;
  }
}
