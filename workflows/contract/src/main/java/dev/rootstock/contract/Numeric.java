package dev.rootstock.contract;

/**
 * The kind of arithmetic, part of every fingerprint of a trained thing: results of one kind are
 * comparable to the bit on one machine with one thread count, results of two kinds are not.
 */
public record Numeric(@Default("\"float32\"") Dtype dtype, @Default("\"cpu\"") Device device) {
  public static final Numeric DEFAULT = new Numeric(Dtype.FLOAT32, Device.CPU);

  /** Of weights, moments and products. */
  public enum Dtype {
    FLOAT32,
    /** For checks: no faster, and no smaller. */
    FLOAT64
  }

  /** The family of backends. */
  public enum Device {
    CPU,
    CUDA
  }
}
