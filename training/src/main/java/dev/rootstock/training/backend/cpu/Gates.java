package dev.rootstock.training.backend.cpu;

import static dev.rootstock.training.backend.cpu.Access.FLOATS;
import static dev.rootstock.training.backend.cpu.Access.HERE;
import static dev.rootstock.training.backend.cpu.Access.LANES;

import jdk.incubator.vector.FloatVector;

/**
 * GELU by tanh (Hendrycks and Gimpel, 2016) and SwiGLU (Shazeer, 2020), a row at a time. Forward
 * leaves the slopes where its input was, so that backward is a product.
 */
final class Gates {
  private static final int ONE = LANES * Access.BYTES;
  private static final float ROOT = (float) StrictMath.sqrt(2 / StrictMath.PI);
  private static final float CUBE = 0.044715f;

  private static final FloatVector UNIT = FloatVector.broadcast(FLOATS, 1);
  private static final FloatVector STEADY = FloatVector.broadcast(FLOATS, 2 * ROOT);
  private static final FloatVector STEEP = FloatVector.broadcast(FLOATS, 6 * ROOT * CUBE);

  private Gates() {}

  /** {@code y = gelu(h)}, then {@code h = gelu'(h)}. */
  static void gelu(Object hm, long h, Object ym, long y, int count) {
    shares(hm, h, ym, y, count, -2 * ROOT, -2 * ROOT * CUBE);
    gated(hm, h, ym, y, count);
  }

  /** {@code y = g · sigmoid(g) · u}, then g and u become the slopes along each. */
  static void swiglu(Object m, long g, long u, Object ym, long y, int count) {
    shares(m, g, ym, y, count, -1, 0);
    gated(m, g, u, ym, y, count);
  }

  /**
   * {@code s = 1 / (1 + e^(x (a + b x²)))}: what passes of each value. GELU's ½ (1 + tanh u) is 1 /
   * (1 + e^(−2u)). A pass of its own: C2 stops inlining in the midst of larger methods, and a
   * vector that is handed to a call is boxed.
   */
  private static void shares(Object xm, long x, Object sm, long s, int count, float a, float b) {
    int whole = Sums.whole(count);
    for (int i = 0; i < whole; i += ONE) {
      HERE.store(share(HERE.load(xm, x + i), a, b), sm, s + i);
    }
    int rest = count % LANES;
    if (rest > 0) {
      lastShares(xm, x + whole, sm, s + whole, rest, a, b);
    }
  }

  private static void lastShares(Object xm, long x, Object sm, long s, int rest, float a, float b) {
    HERE.storeFirst(share(HERE.load(xm, x), a, b), sm, s, rest);
  }

  private static FloatVector share(FloatVector x, float a, float b) {
    FloatVector u = x.mul(x).fma(b, a).mul(x);
    return UNIT.div(Exponential.of(u).add(UNIT));
  }

  private static void gated(Object hm, long h, Object ym, long y, int count) {
    int whole = Sums.whole(count);
    for (int i = 0; i < whole; i += ONE) {
      FloatVector x = HERE.load(hm, h + i);
      FloatVector s = HERE.load(ym, y + i);
      HERE.store(x.mul(s), ym, y + i);
      HERE.store(geluSlope(x, s), hm, h + i);
    }
    int rest = count % LANES;
    if (rest > 0) {
      FloatVector x = HERE.load(hm, h + whole);
      FloatVector s = HERE.load(ym, y + whole);
      HERE.storeFirst(x.mul(s), ym, y + whole, rest);
      HERE.storeFirst(geluSlope(x, s), hm, h + whole, rest);
    }
  }

  private static FloatVector geluSlope(FloatVector x, FloatVector s) {
    FloatVector steep = x.mul(x).fma(STEEP, STEADY).mul(x);
    return steep.fma(UNIT.sub(s), UNIT).mul(s);
  }

  private static void gated(Object m, long g, long u, Object ym, long y, int count) {
    int whole = Sums.whole(count);
    for (int i = 0; i < whole; i += ONE) {
      FloatVector gate = HERE.load(m, g + i);
      FloatVector up = HERE.load(m, u + i);
      FloatVector s = HERE.load(ym, y + i);
      FloatVector passed = gate.mul(s);
      HERE.store(passed.mul(up), ym, y + i);
      HERE.store(siluSlope(gate, s).mul(up), m, g + i);
      HERE.store(passed, m, u + i);
    }
    int rest = count % LANES;
    if (rest > 0) {
      FloatVector gate = HERE.load(m, g + whole);
      FloatVector up = HERE.load(m, u + whole);
      FloatVector s = HERE.load(ym, y + whole);
      FloatVector passed = gate.mul(s);
      HERE.storeFirst(passed.mul(up), ym, y + whole, rest);
      HERE.storeFirst(siluSlope(gate, s).mul(up), m, g + whole, rest);
      HERE.storeFirst(passed, m, u + whole, rest);
    }
  }

  private static FloatVector siluSlope(FloatVector g, FloatVector s) {
    return g.fma(UNIT.sub(s), UNIT).mul(s);
  }

  /** {@code h = h · dy}. */
  static void backward(Object hm, long h, Object dym, long dy, int count) {
    int whole = Sums.whole(count);
    for (int i = 0; i < whole; i += ONE) {
      HERE.store(HERE.load(hm, h + i).mul(HERE.load(dym, dy + i)), hm, h + i);
    }
    int rest = count % LANES;
    if (rest > 0) {
      FloatVector last = HERE.load(hm, h + whole).mul(HERE.load(dym, dy + whole));
      HERE.storeFirst(last, hm, h + whole, rest);
    }
  }
}
