package dev.rootstock.console;

import dev.rootstock.contract.Problem;
import java.util.List;
import java.util.stream.Collectors;

/** What a person asked for is wrong, each fault with its place. Nothing was started. */
public final class WrongFile extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<Fault> faults;

  /** One fault and where it was written. */
  public record Fault(Place place, String sentence) {
    static Fault of(Place place, Problem problem) {
      return new Fault(place, problem.sentence());
    }

    @Override
    public String toString() {
      return place + " " + sentence;
    }
  }

  public WrongFile(List<Fault> faults) {
    super(faults.stream().map(Fault::toString).collect(Collectors.joining("\n")));
    this.faults = List.copyOf(faults);
  }

  public WrongFile(Place place, String sentence) {
    this(List.of(new Fault(place, sentence)));
  }

  public List<Fault> faults() {
    return faults;
  }
}
