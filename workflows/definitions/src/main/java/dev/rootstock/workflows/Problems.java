package dev.rootstock.workflows;

import dev.rootstock.contract.HandedOn;
import dev.rootstock.contract.Problem;
import java.util.List;

/** The details of a failure of type {@link #INVALID}: all that is wrong with a request. */
public record Problems(List<Problem> problems) implements HandedOn {
  public static final String INVALID = "InvalidConfig";

  public Problems {
    problems = List.copyOf(problems);
  }
}
