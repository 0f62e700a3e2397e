package dev.rootstock.training.checkpoint;

import dev.rootstock.contract.Fingerprint;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Reads and writes safetensors as streams: one tensor is held at a time. F32, F64, BF16 and F16 are
 * read and written. Stateless.
 */
public final class SafeTensors {
  private static final int CHUNK = 1 << 16; // elements copied at once
  private static final Map<String, String> METADATA =
      Map.of("format", "pt"); // some versions of transformers insist

  private SafeTensors() {}

  /** Takes a tensor; it is closed once this returns. */
  @FunctionalInterface
  public interface Taker {
    void take(String name, INDArray values) throws IOException;
  }

  /** Gives a tensor's values, which the writer closes. */
  @FunctionalInterface
  public interface Giver {
    INDArray give(String name) throws IOException;
  }

  /** A tensor to write: its name and shape. */
  public record Named(String name, List<Long> shape) {
    public Named {
      shape = List.copyOf(shape);
    }
  }

  /**
   * Reads a whole file.
   *
   * @param length bytes of the whole file
   * @param as type of the arrays handed out, FLOAT or DOUBLE
   * @throws BadTensors if the file breaks the format; nothing is handed out if its header does
   */
  public static void read(InputStream in, long length, DataType as, Taker taker)
      throws IOException {
    TensorHeader header = header(in, length);
    for (TensorHeader.Tensor tensor : header.tensors()) {
      long[] shape = tensor.shape().stream().mapToLong(Long::longValue).toArray();
      if (tensor.elements() == 0) {
        continue; // ND4J has no use for an empty array, and no model here has one
      }
      if (!tensor.dtype().isRead()) {
        pass(in, tensor.end() - tensor.begin());
        continue;
      }
      try (INDArray values = Nd4j.createUninitialized(as, shape, 'c')) {
        fill(in, tensor, values);
        taker.take(tensor.name(), values);
      }
    }
  }

  /** Reads on, where a skip would go unseen by a stream that sums its bytes. */
  private static void pass(InputStream in, long bytes) throws IOException {
    for (long left = bytes; left > 0; left -= CHUNK) {
      exactly(in, (int) Math.min(CHUNK, left));
    }
  }

  static TensorHeader header(InputStream in, long length) throws IOException {
    if (length < 8) {
      throw new BadTensors("the file has " + length + " bytes; a header needs at least 8");
    }
    long size = ByteBuffer.wrap(exactly(in, 8)).order(ByteOrder.LITTLE_ENDIAN).getLong();
    if (size < 0 || size > TensorHeader.LONGEST || size > length - 8) {
      throw new BadTensors(
          "the header claims " + Long.toUnsignedString(size) + " bytes in a file of " + length);
    }
    return TensorHeader.parse(exactly(in, (int) size), length);
  }

  /**
   * Writes a file.
   *
   * @param tensors in any order; the file holds them by name
   * @param type FLOAT or DOUBLE
   * @return sha256 of the file, in hexadecimal
   */
  public static String write(Path file, List<Named> tensors, DataType type, Giver giver)
      throws IOException {
    return write(file, tensors, TensorHeader.Dtype.of(type), giver);
  }

  /** The same in any type: halves are rounded to the nearest, to even where two are. */
  static String write(Path file, List<Named> tensors, TensorHeader.Dtype dtype, Giver giver)
      throws IOException {
    List<TensorHeader.Tensor> entries = new ArrayList<>();
    long at = 0;
    for (Named named : tensors.stream().sorted(Comparator.comparing(Named::name)).toList()) {
      long end = at + dtype.bytes * named.shape().stream().reduce(1L, Math::multiplyExact);
      entries.add(new TensorHeader.Tensor(named.name(), dtype, named.shape(), at, end));
      at = end;
    }
    byte[] header = TensorHeader.write(entries, METADATA);
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      MessageDigest digest = Fingerprint.digest();
      OutputStream out = new DigestOutputStream(Channels.newOutputStream(channel), digest);
      out.write(
          ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(header.length).array());
      out.write(header);
      for (TensorHeader.Tensor tensor : entries) {
        try (INDArray values = giver.give(tensor.name())) {
          write(out, tensor, values);
        }
      }
      channel.force(true);
      return HexFormat.of().formatHex(digest.digest());
    }
  }

  private static void fill(InputStream in, TensorHeader.Tensor tensor, INDArray values)
      throws IOException {
    boolean doubles = values.dataType() == DataType.DOUBLE;
    Pointer data = values.data().pointer();
    FloatPointer floatAt =
        doubles ? null : new FloatPointer(data); // views: the array owns the memory
    DoublePointer doubleAt = doubles ? new DoublePointer(data) : null;
    double[] wide = new double[CHUNK];
    float[] narrow = new float[CHUNK];
    for (long done = 0; done < tensor.elements(); done += CHUNK) {
      int count = (int) Math.min(CHUNK, tensor.elements() - done);
      ByteBuffer bytes =
          ByteBuffer.wrap(exactly(in, count * tensor.dtype().bytes)).order(ByteOrder.LITTLE_ENDIAN);
      for (int i = 0; i < count; i++) {
        wide[i] = element(bytes, tensor.dtype());
      }
      if (doubleAt != null) {
        doubleAt.position(values.offset() + done).put(wide, 0, count);
      } else if (floatAt != null) {
        for (int i = 0; i < count; i++) {
          narrow[i] = (float) wide[i];
        }
        floatAt.position(values.offset() + done).put(narrow, 0, count);
      }
    }
  }

  private static double element(ByteBuffer bytes, TensorHeader.Dtype dtype) {
    return switch (dtype) {
      case F64 -> bytes.getDouble();
      case F32 -> bytes.getFloat();
      case BF16 -> Halves.fromBfloat16(bytes.getShort());
      case F16 -> Halves.fromFloat16(bytes.getShort());
      case BOOL, U8, I8, I16, I32, I64 -> throw new IllegalStateException(dtype + " is never read");
    };
  }

  private static void write(OutputStream out, TensorHeader.Tensor tensor, INDArray given)
      throws IOException {
    if (given.length() != tensor.elements()) {
      throw new IllegalStateException(
          tensor.name()
              + " has "
              + given.length()
              + " elements; its shape "
              + tensor.shape()
              + " has "
              + tensor.elements());
    }
    boolean doubles = tensor.dtype() == TensorHeader.Dtype.F64;
    DataType type = doubles ? DataType.DOUBLE : DataType.FLOAT;
    try (INDArray plain = given.castTo(type).dup('c')) {
      Pointer data = plain.data().pointer();
      ByteBuffer bytes =
          ByteBuffer.allocate(CHUNK * tensor.dtype().bytes).order(ByteOrder.LITTLE_ENDIAN);
      double[] wide = new double[doubles ? CHUNK : 0];
      float[] narrow = new float[doubles ? 0 : CHUNK];
      FloatPointer floatAt = doubles ? null : new FloatPointer(data);
      DoublePointer doubleAt = doubles ? new DoublePointer(data) : null;
      for (long done = 0; done < tensor.elements(); done += CHUNK) {
        int count = (int) Math.min(CHUNK, tensor.elements() - done);
        bytes.clear();
        if (doubleAt != null) {
          doubleAt.position(plain.offset() + done).get(wide, 0, count);
          bytes.asDoubleBuffer().put(wide, 0, count);
        } else if (floatAt != null) {
          floatAt.position(plain.offset() + done).get(narrow, 0, count);
          put(bytes, tensor, narrow, count);
        }
        out.write(bytes.array(), 0, count * tensor.dtype().bytes);
      }
    }
  }

  private static void put(ByteBuffer to, TensorHeader.Tensor tensor, float[] from, int count)
      throws BadTensors {
    if (tensor.dtype() == TensorHeader.Dtype.F32) {
      to.asFloatBuffer().put(from, 0, count);
      return;
    }
    for (int i = 0; i < count; i++) {
      if (tensor.dtype() == TensorHeader.Dtype.BF16) {
        to.putShort(Halves.toBfloat16(from[i]));
      } else {
        short half = Halves.toFloat16(from[i]);
        if (Float.isFinite(from[i]) && !Float.isFinite(Halves.fromFloat16(half))) {
          throw new BadTensors(
              tensor.name() + " holds " + from[i] + ", beyond float16; write bfloat16 or float32");
        }
        to.putShort(half);
      }
    }
  }

  private static byte[] exactly(InputStream in, int count) throws IOException {
    byte[] bytes = in.readNBytes(count);
    if (bytes.length < count) {
      throw new EOFException("the file ended " + (count - bytes.length) + " bytes early");
    }
    return bytes;
  }
}
