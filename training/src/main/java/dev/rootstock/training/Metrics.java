package dev.rootstock.training;

import dev.rootstock.contract.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The lines of {@code metrics.jsonl}, one a step from the first; the clock's values stand apart.
 * Not thread-safe.
 */
final class Metrics {
  static final String NAME = "metrics.jsonl";

  private final List<Map<String, Object>> lines = new ArrayList<>();

  /** Goes on after the lines that a checkpoint holds. */
  static Metrics parse(String jsonl) {
    Metrics metrics = new Metrics();
    for (String line : jsonl.split("\n")) {
      if (!line.isBlank()) {
        Map<String, Object> copy = new LinkedHashMap<>();
        ((Map<?, ?>) Json.parse(line)).forEach((key, value) -> copy.put((String) key, value));
        metrics.lines.add(copy);
      }
    }
    return metrics;
  }

  /** Adds a step whose speed nobody measured. */
  void add(
      long step, double epoch, double loss, double norm, double rate, long tokens, double seconds) {
    add(step, epoch, loss, norm, rate, tokens, seconds, Optional.empty());
  }

  /**
   * Adds a step.
   *
   * @param step steps done with it
   * @param tokens seen with it
   * @param seconds of this training so far
   * @param speed of this step
   */
  void add(
      long step,
      double epoch,
      double loss,
      double norm,
      double rate,
      long tokens,
      double seconds,
      Optional<Speed> speed) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("step", step);
    line.put("epoch", epoch);
    line.put("loss", loss);
    line.put("grad_norm", norm);
    line.put("learning_rate", rate);
    line.put("tokens", tokens);
    Map<String, Object> time = new LinkedHashMap<>();
    time.put("at", Instant.now().toString());
    time.put("seconds", seconds);
    speed.ifPresent(measured -> measured.write(time));
    line.put("time", time);
    lines.add(line);
  }

  /**
   * How fast a step was.
   *
   * @param tokens a second
   * @param flops a second, by {@link dev.rootstock.contract.ModelShape#trainingFlopsPerToken}
   * @param peak FLOP/s that MFU is a share of, where one is known
   * @param left seconds to the last step
   */
  record Speed(double tokens, double flops, Optional<Double> peak, double left) {
    private void write(Map<String, Object> time) {
      time.put("tokens_per_second", tokens);
      time.put("flops_per_second", flops);
      peak.ifPresent(most -> time.put("mfu", flops / most));
      time.put("seconds_left", left);
    }
  }

  /** Adds a measurement to the newest step. */
  void measured(String name, double value) {
    lines.get(lines.size() - 1).put(name, value);
  }

  /** Losses in the order of steps. */
  List<Double> losses() {
    return lines.stream().map(line -> ((Number) line.get("loss")).doubleValue()).toList();
  }

  String jsonl() {
    StringBuilder text = new StringBuilder();
    lines.forEach(line -> text.append(Json.line(line)).append('\n'));
    return text.toString();
  }
}
