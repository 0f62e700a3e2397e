package dev.rootstock.training.backend.cpu;

import dev.rootstock.contract.InvalidConfig;
import dev.rootstock.contract.Problem;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Memory of one INDArray of float32, begun on 64 bytes and with room for a vector behind its end.
 * Distinct vectors of it may be used by distinct threads at once.
 */
final class Slab implements AutoCloseable {
  static final int LINE = 64; // bytes; a cache line, and the widest vector
  private static final int LINE_FLOATS = LINE / Access.BYTES;
  private static final int SPARE = 2 * LINE_FLOATS; // to begin on a line, and to read beyond

  final Object memory;
  final long origin; // of the first element in memory
  final long address;
  private final INDArray array;
  private final long length;

  /** Zeroes. */
  Slab(long length) {
    if (taken(length) > Access.HERE.limit()) {
      throw new InvalidConfig(
          Problem.of(
              "one piece of memory",
              taken(length) + " bytes",
              "at most 2 GiB on this JDK",
              "Start training on JDK 25, or take a smaller model, context or vocabulary."));
    }
    this.length = length;
    array = Nd4j.create(DataType.FLOAT, length + SPARE);
    long base = array.data().addressPointer().address();
    address = (base + LINE - 1) / LINE * LINE;
    FloatPointer whole = new FloatPointer(new Place().at(address)).capacity(length + LINE_FLOATS);
    memory = Access.HERE.memory(whole);
    origin = Access.HERE.origin(whole);
  }

  /** Bytes that a slab of so many elements takes. */
  static long taken(long length) {
    return (length + SPARE) * Access.BYTES;
  }

  long length() {
    return length;
  }

  void clear() {
    clear(0, length);
  }

  void clear(long at, long count) {
    Pointer.memset(place(at), 0, count * Access.BYTES);
  }

  /** A copy in a tensor's shape; the caller closes it. */
  INDArray read(long at, long... shape) {
    INDArray copy = Nd4j.createUninitialized(DataType.FLOAT, shape, 'c');
    read(at, copy);
    return copy;
  }

  /** Copies into a contiguous array of float32. */
  void read(long at, INDArray into) {
    Pointer.memcpy(into.data().addressPointer(), place(at), into.length() * Access.BYTES);
  }

  void write(long at, INDArray values) {
    INDArray plain = values.castTo(DataType.FLOAT).dup('c');
    Pointer.memcpy(place(at), plain.data().addressPointer(), plain.length() * Access.BYTES);
    plain.close();
  }

  private Place place(long at) {
    return new Place().at(address + at * Access.BYTES);
  }

  @Override
  public void close() {
    array.close();
  }

  /** A pointer that can be moved, so that a product allocates none. Not thread-safe. */
  static final class Place extends FloatPointer {
    Place() {
      super((Pointer) null);
    }

    Place at(long address) {
      this.address = address;
      return this;
    }
  }
}
