package dev.rootstock.preprocess.tokenize;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Comparator;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarIntCoder;

/**
 * A document as ids, without the end of text.
 *
 * @param order hash of its id and of which copy it is: its place in the shard
 * @param bytes UTF-8 length of its text
 */
record Tokenized(String order, int[] ids, int bytes) {
  static final Comparator<Tokenized> BY_ORDER = Comparator.comparing(Tokenized::order);

  /** Fields one after another, ids in four bytes each. */
  static final class Coder extends AtomicCoder<Tokenized> {
    private static final long serialVersionUID = 1L;

    @Override
    public void encode(Tokenized document, OutputStream out) throws IOException {
      StringUtf8Coder.of().encode(document.order, out);
      VarIntCoder.of().encode(document.bytes, out);
      VarIntCoder.of().encode(document.ids.length, out);
      ByteBuffer ids = ByteBuffer.allocate(document.ids.length * Integer.BYTES);
      ids.asIntBuffer().put(document.ids);
      out.write(ids.array());
    }

    @Override
    public Tokenized decode(InputStream in) throws IOException {
      String order = StringUtf8Coder.of().decode(in);
      int bytes = VarIntCoder.of().decode(in);
      int[] ids = new int[VarIntCoder.of().decode(in)];
      byte[] raw = in.readNBytes(ids.length * Integer.BYTES);
      if (raw.length < ids.length * Integer.BYTES) {
        throw new EOFException("a tokenized document ends after " + raw.length + " bytes of ids");
      }
      ByteBuffer.wrap(raw).asIntBuffer().get(ids);
      return new Tokenized(order, ids, bytes);
    }

    @Override
    public Object structuralValue(Tokenized document) {
      return document.order + document.bytes + java.util.Arrays.toString(document.ids);
    }
  }
}
