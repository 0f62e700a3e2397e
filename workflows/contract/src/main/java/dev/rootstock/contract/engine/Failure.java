package dev.rootstock.contract.engine;

import dev.rootstock.contract.HandedOn;
import dev.rootstock.contract.Problem;
import java.util.List;

/**
 * What the result file holds where an engine ends with {@link EngineExit#INVALID} or {@link
 * EngineExit#HOPELESS}.
 *
 * @param kind the failure's type in a history; see {@link Hopeless#kind}
 * @param problems what is wrong with the order; empty where it is not the order
 */
public record Failure(String kind, String message, List<Problem> problems) implements HandedOn {
  public Failure {
    problems = List.copyOf(problems);
  }
}
