package dev.rootstock.contract;

import java.util.Map;
import java.util.Optional;

/**
 * How good a model is at one task.
 *
 * @param values by metric, see {@link Metric}, written as its word ({@code macro-f1})
 * @param items test rows, or tokens for a language model, that were scored
 */
public record Scores(Map<String, Double> values, long items) implements HandedOn {
  public Scores {
    values = Map.copyOf(values);
  }

  public Optional<Double> find(Metric metric) {
    return Optional.ofNullable(values.get(CanonicalJson.word(metric)));
  }
}
