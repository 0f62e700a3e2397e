package dev.rootstock.contract;

/** How documents become rows of tokens. */
public enum Packing {
  /** One stream of documents, cut into rows that share a token: nothing is wasted. */
  STREAM,

  /**
   * A document that fits into a row is never cut; of one that does not, only the end shares a row
   * with others. Some tokens of filling: below 1 % for ordinary text.
   */
  BEST_FIT
}
