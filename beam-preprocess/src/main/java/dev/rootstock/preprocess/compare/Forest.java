package dev.rootstock.preprocess.compare;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.function.BiConsumer;

/**
 * Sets of nodes, joined pair by pair, each known by its least member. Some 50 bytes a node. Not
 * thread-safe.
 */
final class Forest {
  private static final int SMALLEST = 16; // slots, a power of two

  private long[] high = new long[SMALLEST / 2];
  private long[] low = new long[SMALLEST / 2];
  private int[] parent = new int[SMALLEST / 2];
  private int[] slots = new int[SMALLEST]; // 1 + index of a node; 0: free
  private int size;

  int size() {
    return size;
  }

  /** Puts the sets of both into one. */
  void join(Hash128 one, Hash128 other) {
    join(index(one.high(), one.low()), index(other.high(), other.low()));
  }

  void joinAll(Forest other) {
    for (int i = 0; i < other.size; i++) {
      int mine = index(other.high[i], other.low[i]);
      if (other.parent[i] != i) {
        int above = other.parent[i];
        join(mine, index(other.high[above], other.low[above]));
      }
    }
  }

  /** Hands on every node but the least ones, each with the least of its set. */
  void forEach(BiConsumer<Hash128, Hash128> taker) {
    for (int i = 0; i < size; i++) {
      int root = root(i);
      if (root != i) {
        taker.accept(new Hash128(high[i], low[i]), new Hash128(high[root], low[root]));
      }
    }
  }

  void write(DataOutput out) throws IOException {
    out.writeInt(size);
    for (int i = 0; i < size; i++) {
      out.writeLong(high[i]);
      out.writeLong(low[i]);
      out.writeInt(parent[i]);
    }
  }

  static Forest read(DataInput in) throws IOException {
    Forest forest = new Forest();
    int size = in.readInt();
    int[] parents = new int[size];
    for (int i = 0; i < size; i++) {
      forest.index(in.readLong(), in.readLong());
      parents[i] = in.readInt();
    }
    System.arraycopy(parents, 0, forest.parent, 0, size);
    return forest;
  }

  private void join(int one, int other) {
    int a = root(one);
    int b = root(other);
    if (a != b) {
      boolean less = less(a, b);
      parent[less ? b : a] = less ? a : b;
    }
  }

  private boolean less(int a, int b) {
    int order = Long.compareUnsigned(high[a], high[b]);
    return order != 0 ? order < 0 : Long.compareUnsigned(low[a], low[b]) < 0;
  }

  private int root(int node) {
    int i = node;
    while (parent[i] != i) {
      parent[i] = parent[parent[i]];
      i = parent[i];
    }
    return i;
  }

  private int index(long newHigh, long newLow) {
    int slot = slot(newHigh, newLow);
    if (slots[slot] != 0) {
      return slots[slot] - 1;
    }
    if (size == high.length) {
      grow();
      slot = slot(newHigh, newLow);
    }
    high[size] = newHigh;
    low[size] = newLow;
    parent[size] = size;
    slots[slot] = ++size;
    return size - 1;
  }

  private int slot(long wantedHigh, long wantedLow) {
    int mask = slots.length - 1;
    int slot = (int) Mix.of(wantedHigh ^ wantedLow) & mask;
    for (; slots[slot] != 0; slot = slot + 1 & mask) {
      int i = slots[slot] - 1;
      if (high[i] == wantedHigh && low[i] == wantedLow) {
        break;
      }
    }
    return slot;
  }

  private void grow() {
    high = Arrays.copyOf(high, 2 * size);
    low = Arrays.copyOf(low, 2 * size);
    parent = Arrays.copyOf(parent, 2 * size);
    slots = new int[4 * size];
    for (int i = 0; i < size; i++) {
      slots[slot(high[i], low[i])] = i + 1;
    }
  }
}
