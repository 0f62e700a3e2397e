package dev.rootstock.console.server;

/** A Temporal server that was named does not answer, or not to us. The message is for people. */
public final class NoAnswer extends RuntimeException {
  private static final long serialVersionUID = 1L;

  NoAnswer(String message, Throwable cause) {
    super(message, cause);
  }
}
