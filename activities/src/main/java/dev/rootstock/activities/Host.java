package dev.rootstock.activities;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** This machine and this process, as leases name them. */
public final class Host {
  private static final String NAME = name();

  private Host() {}

  /** The machine's name; asked for once. */
  public static String here() {
    return NAME;
  }

  /**
   * When a process began, to the second: with its number it names one process, for numbers come
   * again.
   */
  public static Optional<Instant> began(ProcessHandle process) {
    return process.info().startInstant().map(instant -> instant.truncatedTo(ChronoUnit.SECONDS));
  }

  private static String name() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException nameless) {
      return "localhost";
    }
  }
}
