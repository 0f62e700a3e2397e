package dev.rootstock.preprocess;

/** Why a document is not learned from. The first rule that objects gives the reason. */
public enum Reason {
  UNREADABLE,
  EMPTY,
  TOO_SHORT,
  TOO_LONG,
  DUPLICATE,
  CONTAMINATED
}
