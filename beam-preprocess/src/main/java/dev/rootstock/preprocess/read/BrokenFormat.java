package dev.rootstock.preprocess.read;

import java.io.IOException;

/** A file is not what its format asks, from here on: no record after this place can be read. */
class BrokenFormat extends IOException {
  private static final long serialVersionUID = 1L;

  BrokenFormat(String reason) {
    super(reason);
  }
}
