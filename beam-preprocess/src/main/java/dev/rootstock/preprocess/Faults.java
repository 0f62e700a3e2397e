package dev.rootstock.preprocess;

import dev.rootstock.contract.InvalidConfig;
import dev.rootstock.contract.engine.Hopeless;

/** What made a pipeline fail, out of what its runner wraps around it. */
final class Faults {
  private static final int DEEPEST = 50; // causes; some chains are circular
  private static final String BAD_CORPUS = Hopeless.class.getName() + ": ";

  private Faults() {}

  /**
   * The innermost of our own exceptions, also where a runner kept only its words; else {@code
   * failed} itself.
   */
  static Exception cause(Throwable failed) {
    Throwable cause = failed;
    for (int depth = 0; cause != null && depth < DEEPEST; depth++) {
      if (cause instanceof Hopeless || cause instanceof InvalidConfig) {
        return (RuntimeException) cause;
      }
      String words = String.valueOf(cause.getMessage());
      int ours = words.lastIndexOf(BAD_CORPUS);
      if (ours >= 0) {
        return new Hopeless(
            "BadCorpus",
            words.substring(ours + BAD_CORPUS.length()).lines().findFirst().orElse(words));
      }
      cause = cause.getCause();
    }
    return failed instanceof Exception exception ? exception : new IllegalStateException(failed);
  }
}
