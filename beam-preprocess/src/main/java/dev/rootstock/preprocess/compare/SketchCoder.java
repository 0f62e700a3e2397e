package dev.rootstock.preprocess.compare;

import dev.rootstock.preprocess.Document.Origin;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.jspecify.annotations.Nullable;

/** A sketch's fields one after another. */
public final class SketchCoder extends AtomicCoder<Sketch> {
  private static final long serialVersionUID = 1L;
  private static final SketchCoder INSTANCE = new SketchCoder();

  private SketchCoder() {}

  public static SketchCoder of() {
    return INSTANCE;
  }

  @Override
  public void encode(Sketch sketch, OutputStream out) throws IOException {
    Coders.HASH.encode(sketch.id(), out);
    Coders.ORIGIN.encode(sketch.origin(), out);
    VarIntCoder.of().encode(sketch.bundle(), out);
    VarLongCoder.of().encode(sketch.bytes(), out);
    Signature signature = sketch.signature();
    ByteArrayCoder.of().encode(signature == null ? new byte[0] : bytes(signature), out);
    ByteArrayCoder.of().encode(bytes(sketch.units()), out);
  }

  @Override
  public Sketch decode(InputStream in) throws IOException {
    Hash128 id = Coders.HASH.decode(in);
    Origin origin = Coders.ORIGIN.decode(in);
    int bundle = VarIntCoder.of().decode(in);
    long bytes = VarLongCoder.of().decode(in);
    byte[] signature = ByteArrayCoder.of().decode(in);
    return new Sketch(
        id, origin, bundle, bytes, signature(signature), units(ByteArrayCoder.of().decode(in)));
  }

  @Override
  public boolean consistentWithEquals() {
    return true;
  }

  static byte[] bytes(Signature signature) {
    ByteBuffer bytes = ByteBuffer.allocate(Signature.BYTES);
    signature.write(bytes);
    return bytes.array();
  }

  static @Nullable Signature signature(byte[] bytes) {
    return bytes.length == 0 ? null : Signature.read(ByteBuffer.wrap(bytes));
  }

  static byte[] bytes(Units units) {
    if (units.count() == 0) {
      return new byte[0];
    }
    ByteBuffer bytes =
        ByteBuffer.allocate(1 + 5 * (units.starts() + 1) + Long.BYTES * units.count());
    bytes.put((byte) units.width());
    putVariable(bytes, units.starts());
    for (int i = 0, before = 0; i < units.starts(); before = units.start(i++)) {
      putVariable(bytes, units.start(i) - before);
    }
    for (int i = 0; i < units.count(); i++) {
      bytes.putLong(units.hash(i));
    }
    byte[] used = new byte[bytes.position()];
    bytes.flip().get(used);
    return used;
  }

  static Units units(byte[] encoded) {
    if (encoded.length == 0) {
      return Units.NONE;
    }
    ByteBuffer bytes = ByteBuffer.wrap(encoded);
    int width = bytes.get();
    int[] starts = new int[variable(bytes)];
    for (int i = 0, before = 0; i < starts.length; before = starts[i++]) {
      starts[i] = before + variable(bytes);
    }
    long[] hashes = new long[starts.length - width];
    for (int i = 0; i < hashes.length; i++) {
      hashes[i] = bytes.getLong();
    }
    return new Units(width, starts, hashes);
  }

  private static void putVariable(ByteBuffer bytes, int number) {
    int rest = number;
    for (; rest > 0x7f; rest >>>= 7) {
      bytes.put((byte) (rest | 0x80));
    }
    bytes.put((byte) rest);
  }

  private static int variable(ByteBuffer bytes) {
    int number = 0;
    for (int shift = 0; ; shift += 7) {
      byte next = bytes.get();
      number |= (next & 0x7f) << shift;
      if (next >= 0) {
        return number;
      }
    }
  }
}
