package dev.rootstock.preprocess;

/** Why a document is not learned from. The first rule that objects gives the reason. */
public enum Reason {
  UNREADABLE,
  EMPTY,
  TOO_SHORT,
  TOO_LONG,
  /** The address, or a word of it, is blocked. */
  URL_BLOCKED,
  /** Not a language to keep, or none for certain. */
  LANGUAGE,
  DUP_PARAGRAPHS,
  DUP_PARAGRAPH_CHARS,
  DUP_LINES,
  DUP_LINE_CHARS,
  TOP_NGRAM,
  DUP_NGRAMS,
  FEW_WORDS,
  MANY_WORDS,
  SHORT_WORDS,
  LONG_WORDS,
  HASHES,
  ELLIPSES,
  BULLETS,
  ELLIPSIS_LINES,
  FEW_LETTERS,
  FEW_STOP_WORDS,
  LOREM_IPSUM,
  /** A curly bracket: code, not prose. */
  CURLY,
  FEW_SENTENCES,
  BAD_WORDS,
  FEW_LINE_ENDS,
  SHORT_LINES,
  DUP_CHARS,
  /** Many newlines for its words. */
  LIST_LIKE,
  DUPLICATE,
  /** Much the same text as a kept document's. */
  NEAR_DUPLICATE,
  /** Too little is left once passages are cut that stand in earlier documents. */
  DUPLICATE_SPANS,
  /** Holds a passage of a test row. */
  CONTAMINATED
}
