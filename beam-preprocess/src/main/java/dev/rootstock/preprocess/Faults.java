package dev.rootstock.preprocess;

import dev.rootstock.contract.InvalidConfig;
import dev.rootstock.contract.engine.Hopeless;
import java.util.regex.Pattern;

/** What made a pipeline fail, out of what its runner wraps around it. */
final class Faults {
  private static final int DEEPEST = 50; // causes; some chains are circular
  private static final String BAD_CORPUS = Hopeless.class.getName() + ": ";

  /** Flink's words for a TaskManager that is gone, by itself or as another one saw it. */
  private static final Pattern LOST =
      Pattern.compile(
          "TaskManager with id .* (is no longer reachable|timed out)"
              + "|task manager .*(has failed|might (be|have been) lost)"
              + "|TaskExecutor .* (disconnected|is no longer)"
              + "|RemoteTransportException|RemoteConnectionException|PartitionNotFoundException"
              + "|PartitionConnectionException|JobMasterPartitionTracker");

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

  /** Whether a cluster broke under a pipeline that is sound: it may be run once more. */
  static boolean lostWorker(Throwable failed) {
    Throwable cause = failed;
    for (int depth = 0; cause != null && depth < DEEPEST; depth++) {
      String words = cause.getClass().getName() + " " + cause.getMessage();
      if (LOST.matcher(words).find()) {
        return true;
      }
      cause = cause.getCause();
    }
    return false;
  }
}
