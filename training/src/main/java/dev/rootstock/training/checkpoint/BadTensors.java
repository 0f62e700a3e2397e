package dev.rootstock.training.checkpoint;

import java.io.IOException;
import java.util.List;

/**
 * A weights file that can not be trusted: its header and its bytes disagree, or it does not fit the
 * model.
 */
public final class BadTensors extends IOException {
  private static final long serialVersionUID = 1L;

  private static final int TOLD = 20; // faults that a message lists

  public BadTensors(String message) {
    super(message);
  }

  /**
   * Throws all faults as one message, the first twenty of them in full; nothing if there is none.
   */
  static void refuse(List<String> faults) throws BadTensors {
    if (!faults.isEmpty()) {
      String more = faults.size() > TOLD ? "; and " + (faults.size() - TOLD) + " more" : "";
      throw new BadTensors(
          String.join("; ", faults.subList(0, Math.min(TOLD, faults.size()))) + more);
    }
  }
}
