package dev.rootstock.contract.engine;

import dev.rootstock.contract.Default;
import dev.rootstock.contract.HandedOn;
import java.util.Optional;

/**
 * One line of an engine's standard output, every second or two, also while it loads and saves.
 *
 * @param stage what is going on, for people: {@code pretrain}, {@code clean}, {@code evaluate}
 * @param done of {@code total}, in {@code unit}; 0 of 0 while nothing can be counted
 * @param unit {@code steps}, {@code documents}, {@code bytes}, {@code rows}
 * @param loss mean over the last steps, in nats a token
 * @param rate units of {@code perSecondOf} a second, a moving mean
 * @param perSecondOf {@code tokens} or {@code bytes}
 * @param secondsLeft to the end of this stage, by the present rate
 * @param checkpoint newest saved step
 * @param note the newest thing worth telling in words; repeated until there is a newer one
 * @param notes how many notes there have been, so that a reader of few lines knows when it missed
 *     some
 */
public record Progress(
    String stage,
    @Default("0") long done,
    @Default("0") long total,
    @Default("\"steps\"") String unit,
    Optional<Double> loss,
    Optional<Double> rate,
    Optional<String> perSecondOf,
    Optional<Double> secondsLeft,
    Optional<Long> checkpoint,
    Optional<String> note,
    @Default("0") long notes)
    implements HandedOn {
  /** A stage that can not be counted yet. */
  public static Progress of(String stage) {
    return of(stage, 0, 0, "steps");
  }

  public static Progress of(String stage, long done, long total, String unit) {
    return new Progress(
        stage,
        done,
        total,
        unit,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        0);
  }
}
