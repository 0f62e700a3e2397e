package dev.rootstock.preprocess.compare;

import dev.rootstock.preprocess.Document.Origin;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.coders.VarLongCoder;

/** How what is shuffled is spelled in bytes. All of them are deterministic, so all may be keys. */
final class Coders {
  static final AtomicCoder<Hash128> HASH = new HashCoder();
  static final AtomicCoder<Origin> ORIGIN = new OriginCoder();
  static final AtomicCoder<Signature> SIGNATURE = new SignatureCoder();
  static final AtomicCoder<Twin> TWIN = new TwinCoder();
  static final AtomicCoder<Stretch> STRETCH = new StretchCoder();
  static final KvCoder<Hash128, Hash128> PAIR = KvCoder.of(HASH, HASH);

  private Coders() {}

  private abstract static class Exact<T> extends AtomicCoder<T> {
    private static final long serialVersionUID = 1L;

    @Override
    public boolean consistentWithEquals() {
      return true;
    }
  }

  private static final class HashCoder extends Exact<Hash128> {
    private static final long serialVersionUID = 1L;

    @Override
    public void encode(Hash128 hash, OutputStream out) throws IOException {
      DataOutputStream data = new DataOutputStream(out);
      data.writeLong(hash.high());
      data.writeLong(hash.low());
    }

    @Override
    public Hash128 decode(InputStream in) throws IOException {
      DataInputStream data = new DataInputStream(in);
      return new Hash128(data.readLong(), data.readLong());
    }
  }

  private static final class OriginCoder extends Exact<Origin> {
    private static final long serialVersionUID = 1L;

    @Override
    public void encode(Origin origin, OutputStream out) throws IOException {
      VarIntCoder.of().encode(origin.source(), out);
      StringUtf8Coder.of().encode(origin.file(), out);
      VarLongCoder.of().encode(origin.record(), out);
    }

    @Override
    public Origin decode(InputStream in) throws IOException {
      return new Origin(
          VarIntCoder.of().decode(in),
          StringUtf8Coder.of().decode(in),
          VarLongCoder.of().decode(in));
    }
  }

  private static final class SignatureCoder extends Exact<Signature> {
    private static final long serialVersionUID = 1L;

    @Override
    public void encode(Signature signature, OutputStream out) throws IOException {
      out.write(SketchCoder.bytes(signature));
    }

    @Override
    public Signature decode(InputStream in) throws IOException {
      byte[] bytes = new byte[Signature.BYTES];
      new DataInputStream(in).readFully(bytes);
      return Signature.read(ByteBuffer.wrap(bytes));
    }
  }

  private static final class TwinCoder extends Exact<Twin> {
    private static final long serialVersionUID = 1L;

    @Override
    public void encode(Twin twin, OutputStream out) throws IOException {
      HASH.encode(twin.id(), out);
      ORIGIN.encode(twin.origin(), out);
      VarIntCoder.of().encode(twin.bundle(), out);
    }

    @Override
    public Twin decode(InputStream in) throws IOException {
      return new Twin(HASH.decode(in), ORIGIN.decode(in), VarIntCoder.of().decode(in));
    }
  }

  private static final class StretchCoder extends Exact<Stretch> {
    private static final long serialVersionUID = 1L;

    @Override
    public void encode(Stretch stretch, OutputStream out) throws IOException {
      ORIGIN.encode(stretch.origin(), out);
      VarIntCoder.of().encode(stretch.bundle(), out);
      VarIntCoder.of().encode(stretch.from(), out);
      VarIntCoder.of().encode(stretch.to(), out);
    }

    @Override
    public Stretch decode(InputStream in) throws IOException {
      return new Stretch(
          ORIGIN.decode(in),
          VarIntCoder.of().decode(in),
          VarIntCoder.of().decode(in),
          VarIntCoder.of().decode(in));
    }
  }
}
