package dev.rootstock.training.backend.cpu;

import static dev.rootstock.training.backend.cpu.Access.HERE;
import static dev.rootstock.training.backend.cpu.Access.LANES;

import jdk.incubator.vector.FloatVector;

/** Rotates the pairs of one head: element i with i + pairs. */
final class Turns {
  private static final int ONE = LANES * Access.BYTES;

  private Turns() {}

  /**
   * @param direction 1, or −1 to turn back
   */
  static void head(
      Object m,
      long low,
      long high,
      Object cm,
      long cos,
      Object sm,
      long sin,
      float direction,
      int pairs) {
    int whole = Sums.whole(pairs);
    for (int i = 0; i < whole; i += ONE) {
      FloatVector a = HERE.load(m, low + i);
      FloatVector b = HERE.load(m, high + i);
      FloatVector c = HERE.load(cm, cos + i);
      FloatVector s = HERE.load(sm, sin + i).mul(direction);
      HERE.store(a.mul(c).sub(b.mul(s)), m, low + i);
      HERE.store(b.mul(c).add(a.mul(s)), m, high + i);
    }
    int rest = pairs % LANES;
    if (rest > 0) {
      FloatVector a = HERE.load(m, low + whole);
      FloatVector b = HERE.load(m, high + whole);
      FloatVector c = HERE.load(cm, cos + whole);
      FloatVector s = HERE.load(sm, sin + whole).mul(direction);
      HERE.storeFirst(a.mul(c).sub(b.mul(s)), m, low + whole, rest);
      HERE.storeFirst(b.mul(c).add(a.mul(s)), m, high + whole, rest);
    }
  }
}
