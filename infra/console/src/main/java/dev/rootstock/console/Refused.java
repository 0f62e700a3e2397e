package dev.rootstock.console;

/** Something a person asked for can not be done now. The message says why and names the way out. */
public final class Refused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public Refused(String message) {
    super(message);
  }

  public Refused(String message, Throwable cause) {
    super(message, cause);
  }
}
