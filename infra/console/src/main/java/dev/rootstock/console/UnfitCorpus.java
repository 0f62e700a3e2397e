package dev.rootstock.console;

/**
 * What a person gave turns out to be wrong only once it is read through: a corpus of which no
 * document is left, or a file that has changed since it was pinned. The message says what was found
 * and what to change.
 */
public final class UnfitCorpus extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnfitCorpus(String message) {
    super(message);
  }

  UnfitCorpus(String message, Throwable cause) {
    super(message, cause);
  }
}
