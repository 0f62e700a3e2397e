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
  static final String HELD_OUT = "eval_bits_per_byte";

  /** Of a descendant, in its first line: what its ancestor comes to on the same held-out text. */
  static final String INHERITED = "ancestor_bits_per_byte";

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

  /** The lines until now. Lines of steps that are saved do not change any more. */
  Metrics copy() {
    Metrics copy = new Metrics();
    copy.lines.addAll(lines);
    return copy;
  }

  /** The step with the least held-out bits per byte, the first of equals; empty if none was. */
  Optional<Long> best() {
    Map<String, Object> best = null;
    for (Map<String, Object> line : lines) {
      if (line.get(HELD_OUT) instanceof Number bits
          && (best == null || bits.doubleValue() < ((Number) best.get(HELD_OUT)).doubleValue())) {
        best = line;
      }
    }
    return Optional.ofNullable(best).map(line -> ((Number) line.get("step")).longValue());
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
