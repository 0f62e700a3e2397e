package dev.rootstock.contract.engine;

/** Thrown by a verb that saved and left because {@link Stop} was asked; the engine ends with 75. */
public final class Stopped extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public Stopped(String message) {
    super(message);
  }
}
