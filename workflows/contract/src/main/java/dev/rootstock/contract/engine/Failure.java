package dev.rootstock.contract.engine;

import dev.rootstock.contract.HandedOn;
import dev.rootstock.contract.Problem;
import java.util.List;
import java.util.Optional;

/**
 * What the result file holds where an engine ends with {@link EngineExit#INVALID} or {@link
 * EngineExit#HOPELESS}.
 *
 * @param kind the failure's type in a history; see {@link Hopeless#kind}
 * @param problems what is wrong with the order; empty where it is not the order
 * @param exit the engine's exit code, where a launcher between keeps it to itself (torchrun ends
 *     with 1 however its workers end); holds unless the launcher ends with 0
 */
public record Failure(String kind, String message, List<Problem> problems, Optional<Integer> exit)
    implements HandedOn {
  public Failure {
    problems = List.copyOf(problems);
  }

  public Failure(String kind, String message, List<Problem> problems) {
    this(kind, message, problems, Optional.empty());
  }
}
