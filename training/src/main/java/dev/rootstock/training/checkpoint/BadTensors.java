package dev.rootstock.training.checkpoint;

import java.io.IOException;

/**
 * A weights file that can not be trusted: its header and its bytes disagree, or it does not fit the
 * model.
 */
public final class BadTensors extends IOException {
  private static final long serialVersionUID = 1L;

  public BadTensors(String message) {
    super(message);
  }
}
