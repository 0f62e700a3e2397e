package dev.rootstock.training.backend.nd4j;

import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Memory of one INDArray, float32 or float64, addressed by element. Distinct ranges may be used by
 * distinct threads at once. Kernels see doubles on the heap, since plain loops over off-heap memory
 * are several times slower.
 */
final class Slab implements AutoCloseable {
  private final INDArray array;
  private final long length;
  private final Pointer base;
  private final FloatBuffer floats;
  private final DoubleBuffer doubles;

  /** Zeroes. */
  Slab(DataType dtype, long length) {
    if (length * dtype.width() > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "one piece of the model needs "
              + length
              + " values of "
              + dtype
              + "; this backend holds 2 GiB in one piece at most."
              + " Take a smaller model or batch");
    }
    this.length = length;
    array = Nd4j.create(dtype, length);
    Pointer address = array.data().addressPointer();
    if (dtype == DataType.DOUBLE) {
      DoublePointer whole = new DoublePointer(address).capacity(length);
      base = whole;
      doubles = whole.asBuffer();
      floats = null;
    } else {
      FloatPointer whole = new FloatPointer(address).capacity(length);
      base = whole;
      floats = whole.asBuffer();
      doubles = null;
    }
  }

  long length() {
    return length;
  }

  boolean isDouble() {
    return doubles != null;
  }

  /** A fresh pointer, since a JavaCPP pointer's position is state. */
  FloatPointer floatsAt(long at) {
    return new FloatPointer(base).position(at);
  }

  DoublePointer doublesAt(long at) {
    return new DoublePointer(base).position(at);
  }

  /**
   * @param staging the caller's own, one a thread
   */
  void get(long at, double[] to, int toAt, int count, float[] staging) {
    if (doubles != null) {
      doubles.get((int) at, to, toAt, count);
      return;
    }
    for (int done = 0; done < count; done += staging.length) {
      int part = Math.min(staging.length, count - done);
      floats.get((int) at + done, staging, 0, part);
      widen(staging, to, toAt + done, part);
    }
  }

  void put(long at, double[] from, int fromAt, int count, float[] staging) {
    if (doubles != null) {
      doubles.put((int) at, from, fromAt, count);
      return;
    }
    for (int done = 0; done < count; done += staging.length) {
      int part = Math.min(staging.length, count - done);
      narrow(from, fromAt + done, staging, part);
      floats.put((int) at + done, staging, 0, part);
    }
  }

  void copy(long at, Slab from, long fromAt, long count) {
    if (doubles != null) {
      doubles.put((int) at, from.doubles, (int) fromAt, (int) count);
    } else {
      floats.put((int) at, from.floats, (int) fromAt, (int) count);
    }
  }

  void clear() {
    array.assign(0);
  }

  /** A copy in a tensor's shape; the caller closes it. */
  INDArray read(long at, long... shape) {
    INDArray copy = Nd4j.createUninitialized(array.dataType(), shape, 'c');
    read(at, copy);
    return copy;
  }

  /** Copies into a contiguous array of this slab's type. */
  void read(long at, INDArray into) {
    Pointer.memcpy(
        into.data().addressPointer(), bytes(at), into.length() * array.dataType().width());
  }

  void write(long at, INDArray values) {
    INDArray plain = values.castTo(array.dataType()).dup('c');
    Pointer.memcpy(
        bytes(at), plain.data().addressPointer(), plain.length() * array.dataType().width());
    plain.close();
  }

  /** An untyped pointer's position counts bytes. */
  private Pointer bytes(long at) {
    return new Pointer(base).position(at * array.dataType().width());
  }

  private static void widen(float[] from, double[] to, int at, int count) {
    for (int i = 0; i < count; i++) {
      to[at + i] = from[i];
    }
  }

  private static void narrow(double[] from, int at, float[] to, int count) {
    for (int i = 0; i < count; i++) {
      to[i] = (float) from[at + i];
    }
  }

  @Override
  public void close() {
    array.close();
  }
}
