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

  private Gates() {}

  /** ½ (1 + tanh u) = 1 / (1 + e^(−2u)). */
  private static FloatVector share(FloatVector x) {
    FloatVector square = x.mul(x);
    FloatVector u = square.fma(-2 * ROOT * CUBE, -2 * ROOT).mul(x);
    return sigmoidOfMinus(u);
  }

  private static FloatVector sigmoidOfMinus(FloatVector x) {
    return FloatVector.broadcast(FLOATS, 1).div(Exponential.of(x).add(1));
  }

  private static FloatVector geluSlope(FloatVector x, FloatVector s) {
    FloatVector steep = x.mul(x).fma(6 * ROOT * CUBE, 2 * ROOT).mul(x);
    FloatVector left = FloatVector.broadcast(FLOATS, 1).sub(s);
    return steep.mul(left).add(1).mul(s);
  }

  /** {@code y = gelu(h)}, then {@code h = gelu'(h)}. */
  static void gelu(Object hm, long h, Object ym, long y, int count) {
    int whole = Sums.whole(count);
    for (int i = 0; i < whole; i += ONE) {
      FloatVector x = HERE.load(hm, h + i);
      FloatVector s = share(x);
      HERE.store(x.mul(s), ym, y + i);
      HERE.store(geluSlope(x, s), hm, h + i);
    }
    int rest = count % LANES;
    if (rest > 0) {
      FloatVector x = HERE.load(hm, h + whole);
      FloatVector s = share(x);
      HERE.storeFirst(x.mul(s), ym, y + whole, rest);
      HERE.storeFirst(geluSlope(x, s), hm, h + whole, rest);
    }
  }

  private static FloatVector siluSlope(FloatVector g, FloatVector s) {
    FloatVector left = FloatVector.broadcast(FLOATS, 1).sub(s);
    return g.mul(left).add(1).mul(s);
  }

  /** {@code y = g · sigmoid(g) · u}, then g and u become the slopes along each. */
  static void swiglu(Object m, long g, long u, Object ym, long y, int count) {
    int whole = Sums.whole(count);
    for (int i = 0; i < whole; i += ONE) {
      FloatVector gate = HERE.load(m, g + i);
      FloatVector up = HERE.load(m, u + i);
      FloatVector s = sigmoidOfMinus(gate.neg());
      FloatVector passed = gate.mul(s);
      HERE.store(passed.mul(up), ym, y + i);
      HERE.store(siluSlope(gate, s).mul(up), m, g + i);
      HERE.store(passed, m, u + i);
    }
    int rest = count % LANES;
    if (rest > 0) {
      FloatVector gate = HERE.load(m, g + whole);
      FloatVector up = HERE.load(m, u + whole);
      FloatVector s = sigmoidOfMinus(gate.neg());
      FloatVector passed = gate.mul(s);
      HERE.storeFirst(passed.mul(up), ym, y + whole, rest);
      HERE.storeFirst(siluSlope(gate, s).mul(up), m, g + whole, rest);
      HERE.storeFirst(passed, m, u + whole, rest);
    }
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
