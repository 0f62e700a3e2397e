package dev.rootstock.preprocess.extract;

/** How sure an extraction is of its text. */
public enum Confidence {
  /** A part of the page stood out. */
  SOUND,
  /** Nothing stood out; the text is all that is left of the page, or none. */
  WEAK
}
