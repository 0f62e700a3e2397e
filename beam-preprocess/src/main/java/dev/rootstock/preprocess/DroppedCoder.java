package dev.rootstock.preprocess;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;

/** A dropped document's fields one after another. */
public final class DroppedCoder extends AtomicCoder<Dropped> {
  private static final long serialVersionUID = 1L;
  private static final StringUtf8Coder STRING = StringUtf8Coder.of();
  private static final DroppedCoder INSTANCE = new DroppedCoder();

  private DroppedCoder() {}

  public static DroppedCoder of() {
    return INSTANCE;
  }

  @Override
  public void encode(Dropped dropped, OutputStream out) throws IOException {
    DocumentCoder.of().encode(dropped.document(), out);
    STRING.encode(dropped.reason().name(), out);
    STRING.encode(dropped.rule(), out);
    STRING.encode(dropped.detail(), out);
  }

  @Override
  public Dropped decode(InputStream in) throws IOException {
    Document document = DocumentCoder.of().decode(in);
    return new Dropped(
        document, Reason.valueOf(STRING.decode(in)), STRING.decode(in), STRING.decode(in));
  }

  @Override
  public boolean consistentWithEquals() {
    return true;
  }
}
