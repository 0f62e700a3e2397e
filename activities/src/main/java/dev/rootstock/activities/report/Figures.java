package dev.rootstock.activities.report;

import java.time.Duration;
import java.util.Locale;

/** Numbers as people read them. */
public final class Figures {
  private Figures() {}

  /** Seconds as {@code 850 ms}, {@code 12.3 s}, {@code 5 min 20 s} or {@code 3.20 h}. */
  public static String time(double seconds) {
    if (seconds < 1) {
      return Math.round(seconds * 1000) + " ms";
    }
    if (seconds < 60) {
      return format("%.1f s", seconds);
    }
    if (seconds < 3600) {
      Duration whole = Duration.ofSeconds(Math.round(seconds));
      return whole.toMinutes() + " min " + whole.toSecondsPart() + " s";
    }
    return format("%.2f h", seconds / 3600);
  }

  public static String count(long number) {
    return format("%,d", number);
  }

  /** Floating-point operations: {@code 1.2e+12}. */
  public static String flops(double flops) {
    return flops == 0 ? "" : format("%.2e", flops);
  }

  static String score(double value) {
    return format("%.4f", value);
  }

  static String signed(double value) {
    return format("%+.4f", value);
  }

  /** {@code a / b} as {@code 1 : 250} or {@code 3.1 : 1}; empty where b is 0. */
  static String ratio(double a, double b) {
    if (a <= 0 || b <= 0) {
      return "";
    }
    return a >= b ? format("%,.1f : 1", a / b) : format("1 : %,.0f", b / a);
  }

  static String format(String pattern, Object value) {
    return String.format(Locale.ROOT, pattern, value);
  }
}
