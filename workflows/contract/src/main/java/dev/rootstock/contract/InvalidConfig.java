package dev.rootstock.contract;

import java.util.List;
import java.util.stream.Collectors;

/** The request itself is wrong: trying again can not help. Carries every problem that was found. */
public final class InvalidConfig extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<Problem> problems;

  public InvalidConfig(List<Problem> problems) {
    super(problems.stream().map(Problem::sentence).collect(Collectors.joining("\n")));
    this.problems = List.copyOf(problems);
  }

  public InvalidConfig(Problem problem) {
    this(List.of(problem));
  }

  public List<Problem> problems() {
    return problems;
  }
}
