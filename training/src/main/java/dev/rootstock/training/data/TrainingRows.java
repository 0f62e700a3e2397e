package dev.rootstock.training.data;

import java.io.IOException;

/** Rows of some shards in the order of training, epoch after epoch. Not thread-safe. */
final class TrainingRows implements AutoCloseable {
  private final RowOrder order;
  private final RowWindows windows;

  TrainingRows(TokenShards shards, long seed) {
    order = new RowOrder(shards.rows(), seed);
    windows = new RowWindows(shards);
  }

  /** How many there are; an epoch. */
  long rows() {
    return order.rows();
  }

  TokenRow read(long position) throws IOException {
    return windows.read(order.at(position));
  }

  /** The number, through all shards, of the row at a position. */
  long number(long position) {
    return order.number(order.at(position));
  }

  @Override
  public void close() throws IOException {
    windows.close();
  }
}
