package dev.rootstock.console;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One way to disturb a training.
 *
 * @param name in words
 * @param parts in which a step's batch is computed
 * @param every steps between checkpoints
 * @param cuts in order; each ends one engine
 * @param lastEnvironment of the engine that finishes
 */
public record ResumeCase(
    String name, int parts, long every, List<Cut> cuts, Map<String, String> lastEnvironment) {
  /** Read by any JVM: no compiler, as in the first moments of a resumed one. */
  private static final Map<String, String> INTERPRETED = Map.of("JAVA_TOOL_OPTIONS", "-Xint");

  static final long NEVER = 1_000_000;

  public ResumeCase {
    cuts = List.copyOf(cuts);
    lastEnvironment = Map.copyOf(lastEnvironment);
  }

  /**
   * How an engine ends before its time.
   *
   * @param after the step whose line is the last that was waited for
   * @param kill at once, by SIGKILL; else asked, by SIGTERM
   */
  public record Cut(long after, boolean kill) {}

  ResumeCase(String name, int parts, long every, Cut... cuts) {
    this(name, parts, every, List.of(cuts), Map.of());
  }

  /**
   * Those of 20 steps.
   *
   * @param interpreted the one too in which an engine has no compiler, which takes minutes
   */
  public static List<ResumeCase> all(boolean interpreted) {
    List<ResumeCase> cases =
        new ArrayList<>(
            List.of(
                new ResumeCase("kill -9 after 10, saved at 10", 1, 10, new Cut(11, true)),
                new ResumeCase("kill -9 after 13, saved every 5", 1, 5, new Cut(13, true)),
                new ResumeCase("SIGTERM after 7", 1, NEVER, new Cut(7, false)),
                new ResumeCase(
                    "kill -9 after 5, SIGTERM after 14, saved every 3",
                    1,
                    3,
                    new Cut(5, true),
                    new Cut(14, false)),
                new ResumeCase("saved every step, never cut", 1, 1),
                new ResumeCase("batch in two parts, kill -9 after 10", 2, 5, new Cut(11, true))));
    if (interpreted) {
      cases.add(
          new ResumeCase(
              "SIGTERM after 17, then without a compiler",
              1,
              NEVER,
              List.of(new Cut(17, false)),
              INTERPRETED));
    }
    return cases;
  }
}
