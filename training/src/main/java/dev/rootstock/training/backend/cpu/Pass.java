package dev.rootstock.training.backend.cpu;

import java.util.List;

/**
 * One lane's way through the model with a chunk of rows. What acts on each row alone, the base's
 * products above all, is done over all of them at once; the rest share by share.
 *
 * @param n rows of the chunk, those between shares included: they hold nothing of meaning
 */
record Pass(Lane lane, Workspace space, int n, List<Share> shares) {
  /**
   * Where adapters learn, shares begin at multiples of this, and a chunk ends at one: OpenBLAS
   * takes rows by 12 and adds up a remainder in another order, so a share's bits would depend on
   * its neighbours.
   */
  private static final int ALIGNED = 12;

  /** A chunk of one share. */
  static Pass of(Share share) {
    return new Pass(share.lane(), share.space(), share.n(), List.of(share));
  }

  static int aligned(int rows) {
    return (rows + ALIGNED - 1) / ALIGNED * ALIGNED;
  }

  Matrix rows(Matrix whole) {
    return whole.rows(0, n);
  }

  /** Clears the rows that belong to no share. */
  void clearBetween(Matrix rows) {
    int at = 0;
    for (Share share : shares) {
      clear(rows, at, share.at());
      at = share.at() + share.n();
    }
    clear(rows, at, n);
  }

  private static void clear(Matrix rows, int from, int to) {
    for (int i = from; i < to; i++) {
      Rows.clear(rows.memory(), rows.row(i), rows.columns());
    }
  }
}
