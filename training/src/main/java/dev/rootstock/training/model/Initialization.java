package dev.rootstock.training.model;

import dev.rootstock.contract.ModelShape;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * First weights as a pure function of seed, tensor name and index, equal on every machine and JDK:
 * no state, so that a tensor may be made alone. Norms 1, biases and LoRA's B 0, LoRA's A uniform in
 * ±1/√in, all else normal with deviation 0.02, divided by √(2 · layers) where a product ends in the
 * residual stream (GPT-2's rule).
 */
public final class Initialization {
  private static final double DEVIATION = 0.02;
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private final ModelShape shape;
  private final long seed;

  public Initialization(ModelShape shape, long seed) {
    this.shape = shape;
    this.seed = seed;
  }

  /** A tensor's first values, row-major, rounded to float32 so that both dtypes begin alike. */
  public float[] values(TensorLayout tensor) {
    float[] values = new float[Math.toIntExact(tensor.elements())];
    String name = tensor.name();
    if (name.endsWith(".bias") || name.endsWith(".lora_B.weight")) {
      return values;
    }
    if (tensor.shape().size() == 1) {
      Arrays.fill(values, 1);
      return values;
    }
    long key = key(name);
    if (name.endsWith(".lora_A.weight")) {
      double reach = 1 / StrictMath.sqrt(tensor.shape().get(1));
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) (reach * (2 * uniform(key, i) - 1));
      }
      return values;
    }
    double deviation =
        endsInResidual(name) ? DEVIATION / StrictMath.sqrt(2.0 * shape.layers()) : DEVIATION;
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (deviation * normal(key, i));
    }
    return values;
  }

  private static boolean endsInResidual(String name) {
    return List.of(".o_proj.weight", ".down_proj.weight", ".c_proj.weight").stream()
        .anyMatch(name::endsWith);
  }

  private long key(String name) {
    long hash = seed * GOLDEN + 1;
    for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
      hash = mix(hash ^ (b & 0xff)) + GOLDEN;
    }
    return hash;
  }

  /** Box and Muller's transform of the counter's own pair of uniforms. */
  private static double normal(long key, long index) {
    double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - uniform(key, 2 * index)));
    return radius * StrictMath.cos(2 * StrictMath.PI * uniform(key, 2 * index + 1));
  }

  /** In [0, 1), of 53 bits. */
  private static double uniform(long key, long counter) {
    return (mix(key + counter * GOLDEN) >>> 11) * 0x1.0p-53;
  }

  /** SplitMix64's finalizer (Steele, Lea, Flood, 2014). */
  private static long mix(long z) {
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
