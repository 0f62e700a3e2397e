package dev.rootstock.preprocess;

/** Why a document is not learned from. The first rule that objects gives the reason. */
public enum Reason {
  UNREADABLE,
  EMPTY,
  TOO_SHORT,
  TOO_LONG,
  DUPLICATE,
  /** Much the same text as a kept document's. */
  NEAR_DUPLICATE,
  /** Too little is left once passages are cut that stand in earlier documents. */
  DUPLICATE_SPANS
}
