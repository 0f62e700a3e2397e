package dev.rootstock.training.backend.cpu;

import static dev.rootstock.training.backend.cpu.Access.FLOATS;
import static dev.rootstock.training.backend.cpu.Access.HERE;
import static dev.rootstock.training.backend.cpu.Access.LANES;

import jdk.incubator.vector.FloatVector;

/** The rows of RMSNorm and LayerNorm, given their statistics. */
final class NormRows {
  private static final int ONE = LANES * Access.BYTES;

  private NormRows() {}

  /** {@code Σ (x − mean)²}. */
  static float spread(Object xm, long x, float mean, int count, float[] fold) {
    FloatVector a = FloatVector.zero(FLOATS);
    FloatVector b = a;
    int whole = Sums.whole(count);
    int i = 0;
    for (; i + 2 * ONE <= whole; i += 2 * ONE) {
      FloatVector first = HERE.load(xm, x + i).sub(mean);
      FloatVector second = HERE.load(xm, x + i + ONE).sub(mean);
      a = first.fma(first, a);
      b = second.fma(second, b);
    }
    for (; i < whole; i += ONE) {
      FloatVector next = HERE.load(xm, x + i).sub(mean);
      a = next.fma(next, a);
    }
    int rest = count % LANES;
    if (rest > 0) {
      FloatVector last = Access.first(HERE.load(xm, x + i).sub(mean), rest);
      b = last.fma(last, b);
    }
    return Sums.fold(a.add(b), fold);
  }

  /** {@code y = x · scale · w}. */
  static void scaled(Object xm, long x, float scale, Object wm, long w, Object ym, long y, int n) {
    int whole = Sums.whole(n);
    for (int i = 0; i < whole; i += ONE) {
      HERE.store(HERE.load(xm, x + i).mul(scale).mul(HERE.load(wm, w + i)), ym, y + i);
    }
    int rest = n % LANES;
    if (rest > 0) {
      FloatVector last = HERE.load(xm, x + whole).mul(scale).mul(HERE.load(wm, w + whole));
      HERE.storeFirst(last, ym, y + whole, rest);
    }
  }

  /** {@code y = (x − mean) · scale · w + b}. */
  static void centred(
      Object xm,
      long x,
      float mean,
      float scale,
      Object wm,
      long w,
      Object bm,
      long b,
      Object ym,
      long y,
      int n) {
    int whole = Sums.whole(n);
    for (int i = 0; i < whole; i += ONE) {
      FloatVector hat = HERE.load(xm, x + i).sub(mean).mul(scale);
      HERE.store(hat.fma(HERE.load(wm, w + i), HERE.load(bm, b + i)), ym, y + i);
    }
    int rest = n % LANES;
    if (rest > 0) {
      FloatVector hat = HERE.load(xm, x + whole).sub(mean).mul(scale);
      FloatVector last = hat.fma(HERE.load(wm, w + whole), HERE.load(bm, b + whole));
      HERE.storeFirst(last, ym, y + whole, rest);
    }
  }

  /** {@code Σ dy · w · (x − mean)}. */
  static float along(
      Object xm, long x, float mean, Object wm, long w, Object dym, long dy, int n, float[] fold) {
    FloatVector a = FloatVector.zero(FLOATS);
    int whole = Sums.whole(n);
    for (int i = 0; i < whole; i += ONE) {
      FloatVector pull = HERE.load(dym, dy + i).mul(HERE.load(wm, w + i));
      a = HERE.load(xm, x + i).sub(mean).fma(pull, a);
    }
    int rest = n % LANES;
    if (rest > 0) {
      FloatVector pull = HERE.load(dym, dy + whole).mul(HERE.load(wm, w + whole));
      a = Access.first(HERE.load(xm, x + whole).sub(mean).mul(pull), rest).add(a);
    }
    return Sums.fold(a, fold);
  }

  /**
   * {@code dx += scale · (dy · w − shift − x̂ · along)} and {@code dw += dy · x̂}, where {@code x̂
   * = (x − mean) · scale}.
   */
  static void backward(
      Object xm,
      long x,
      float mean,
      float scale,
      float shift,
      float along,
      Object wm,
      long w,
      Object dym,
      long dy,
      Object dxm,
      long dx,
      Object dwm,
      long dw,
      int n) {
    int whole = Sums.whole(n);
    for (int i = 0; i < whole; i += ONE) {
      FloatVector hat = HERE.load(xm, x + i).sub(mean).mul(scale);
      FloatVector pull = HERE.load(dym, dy + i);
      HERE.store(hat.fma(pull, HERE.load(dwm, dw + i)), dwm, dw + i);
      FloatVector d = pull.mul(HERE.load(wm, w + i)).sub(shift).sub(hat.mul(along));
      HERE.store(HERE.load(dxm, dx + i).add(d.mul(scale)), dxm, dx + i);
    }
    int rest = n % LANES;
    if (rest > 0) {
      FloatVector hat = HERE.load(xm, x + whole).sub(mean).mul(scale);
      FloatVector pull = HERE.load(dym, dy + whole);
      HERE.storeFirst(hat.fma(pull, HERE.load(dwm, dw + whole)), dwm, dw + whole, rest);
      FloatVector d = pull.mul(HERE.load(wm, w + whole)).sub(shift).sub(hat.mul(along));
      HERE.storeFirst(HERE.load(dxm, dx + whole).add(d.mul(scale)), dxm, dx + whole, rest);
    }
  }
}
