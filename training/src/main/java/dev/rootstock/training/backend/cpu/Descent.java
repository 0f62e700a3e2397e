package dev.rootstock.training.backend.cpu;

import static dev.rootstock.training.backend.cpu.Access.FLOATS;
import static dev.rootstock.training.backend.cpu.Access.HERE;
import static dev.rootstock.training.backend.cpu.Access.LANES;

import jdk.incubator.vector.FloatVector;

/**
 * One step of AdamW over neighbouring values, with its numbers rounded to float32 once.
 *
 * @param clip factor on the gradient
 * @param keep what weight decay leaves of a weight
 * @param rate over the first bias correction
 * @param second 1 / the second bias correction
 */
record Descent(
    float clip,
    float beta1,
    float rest1,
    float beta2,
    float rest2,
    float epsilon,
    float keep,
    float rate,
    float second) {
  private static final int ONE = LANES * Access.BYTES;

  void step(Object wm, long w, Object mm, long m, Object vm, long v, Object gm, long g, int count) {
    int whole = Sums.whole(count);
    for (int i = 0; i < whole; i += ONE) {
      FloatVector gradient = HERE.load(gm, g + i).mul(clip);
      FloatVector first = HERE.load(mm, m + i).mul(beta1).add(gradient.mul(rest1));
      FloatVector square = HERE.load(vm, v + i).mul(beta2).add(gradient.mul(gradient).mul(rest2));
      HERE.store(first, mm, m + i);
      HERE.store(square, vm, v + i);
      FloatVector size = square.mul(second).sqrt().add(epsilon);
      FloatVector weight = HERE.load(wm, w + i).mul(keep).sub(first.mul(rate).div(size));
      HERE.store(weight, wm, w + i);
      HERE.store(FloatVector.zero(FLOATS), gm, g + i);
    }
    int rest = count % LANES;
    if (rest > 0) {
      FloatVector gradient = HERE.load(gm, g + whole).mul(clip);
      FloatVector first = HERE.load(mm, m + whole).mul(beta1).add(gradient.mul(rest1));
      FloatVector square =
          HERE.load(vm, v + whole).mul(beta2).add(gradient.mul(gradient).mul(rest2));
      HERE.storeFirst(first, mm, m + whole, rest);
      HERE.storeFirst(square, vm, v + whole, rest);
      FloatVector size = square.mul(second).sqrt().add(epsilon);
      FloatVector weight = HERE.load(wm, w + whole).mul(keep).sub(first.mul(rate).div(size));
      HERE.storeFirst(weight, wm, w + whole, rest);
      HERE.storeFirst(FloatVector.zero(FLOATS), gm, g + whole, rest);
    }
  }

  /** {@code g += other}, then {@code other = 0}. */
  static void gather(Object gm, long g, Object om, long other, int count) {
    int whole = Sums.whole(count);
    for (int i = 0; i < whole; i += ONE) {
      HERE.store(HERE.load(gm, g + i).add(HERE.load(om, other + i)), gm, g + i);
      HERE.store(FloatVector.zero(FLOATS), om, other + i);
    }
    int rest = count % LANES;
    if (rest > 0) {
      FloatVector sum = HERE.load(gm, g + whole).add(HERE.load(om, other + whole));
      HERE.storeFirst(sum, gm, g + whole, rest);
      HERE.storeFirst(FloatVector.zero(FLOATS), om, other + whole, rest);
    }
  }
}
