package dev.rootstock.contract.engine;

/**
 * Work that would fail the same way again: a corpus with no document left, a loss that is no longer
 * a number.
 *
 * <p>{@code kind} is the failure's type in a history: {@code BadCorpus}, {@code Diverged}, {@code
 * InvalidTask}, {@code FingerprintMismatch}, {@code CorruptStore}, {@code OutOfMemory}.
 */
public final class Hopeless extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String kind;

  public Hopeless(String kind, String message) {
    super(message);
    this.kind = kind;
  }

  public String kind() {
    return kind;
  }
}
