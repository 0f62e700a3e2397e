package dev.rootstock.console.cli;

import dev.rootstock.contract.engine.Progress;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Figures as people read them. */
final class Figures {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);

  private Figures() {}

  /** {@code 0.4 s}, {@code 12 s}, {@code 3 min 20 s}, {@code 2 h 5 min}. */
  static String seconds(double seconds) {
    if (seconds < 10) {
      return String.format(Locale.ROOT, "%.1f s", Math.max(0, seconds));
    }
    Duration time = Duration.ofSeconds(Math.round(seconds));
    if (time.toMinutes() == 0) {
      return time.toSeconds() + " s";
    }
    return time.toHours() == 0
        ? time.toMinutes() + " min " + time.toSecondsPart() + " s"
        : time.toHours() + " h " + time.toMinutesPart() + " min";
  }

  /** {@code 950}, {@code 12.3 k}, {@code 4.5 M}. */
  static String count(double number) {
    String[] units = {"", " k", " M", " G", " T", " P", " E"};
    int unit = 0;
    double rest = number;
    while (rest >= 1000 && unit < units.length - 1) {
      rest /= 1000;
      unit++;
    }
    return unit == 0 && rest == Math.rint(rest)
        ? String.valueOf((long) rest)
        : String.format(Locale.ROOT, rest < 100 ? "%.1f%s" : "%.0f%s", rest, units[unit]);
  }

  /** Of memory: {@code 1.25 GB}. */
  static String bytes(long bytes) {
    return String.format(Locale.ROOT, "%.2f GB", bytes / 1e9);
  }

  /** In the person's own time zone. */
  static String time(Instant instant) {
    return TIME.format(instant.atZone(ZoneId.systemDefault()));
  }

  static String score(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }

  /** One line of an engine: how far, how well, how fast, how long yet. */
  static String line(Progress progress) {
    StringBuilder line = new StringBuilder();
    if (progress.total() > 0) {
      line.append(
          String.format(
              Locale.ROOT,
              "%3d%%  %s/%s %s",
              100 * progress.done() / progress.total(),
              count(progress.done()),
              count(progress.total()),
              progress.unit()));
    } else if (progress.done() > 0) {
      line.append(count(progress.done())).append(' ').append(progress.unit());
    }
    progress.loss().ifPresent(loss -> line.append(String.format(Locale.ROOT, "  loss %.3f", loss)));
    progress
        .rate()
        .ifPresent(
            rate ->
                line.append("  ")
                    .append(count(rate))
                    .append(' ')
                    .append(progress.perSecondOf().orElse(""))
                    .append("/s"));
    progress.checkpoint().ifPresent(step -> line.append("  saved ").append(step));
    progress
        .secondsLeft()
        .ifPresent(left -> line.append("  ").append(seconds(left)).append(" left"));
    return line.toString().strip();
  }
}
