package dev.rootstock.preprocess.clean;

import dev.rootstock.preprocess.compare.TakeOut;
import dev.rootstock.preprocess.compare.TakeOutCoder;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.SerializableCoder;

/** What there are many of field by field, the others as Java serialises them. */
final class PartItemCoder extends AtomicCoder<PartItem> {
  private static final long serialVersionUID = 1L;
  private static final SerializableCoder<PartItem> OTHERS = SerializableCoder.of(PartItem.class);
  private static final int TAKE_OUT = 1;

  @Override
  public void encode(PartItem item, OutputStream out) throws IOException {
    if (item.removal() instanceof TakeOut takeOut) {
      out.write(TAKE_OUT);
      TakeOutCoder.of().encode(takeOut, out);
    } else {
      out.write(0);
      OTHERS.encode(item, out);
    }
  }

  @Override
  public PartItem decode(InputStream in) throws IOException {
    return in.read() == TAKE_OUT ? PartItem.of(TakeOutCoder.of().decode(in)) : OTHERS.decode(in);
  }
}
