package dev.rootstock.preprocess.compare;

import dev.rootstock.preprocess.Document.Origin;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.BooleanCoder;
import org.apache.beam.sdk.coders.NullableCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.jspecify.annotations.Nullable;

/** The fields of what is taken out, one after another. */
public final class TakeOutCoder extends AtomicCoder<TakeOut> {
  private static final long serialVersionUID = 1L;
  private static final NullableCoder<String> TWIN = NullableCoder.of(StringUtf8Coder.of());
  private static final NullableCoder<Origin> TWIN_ORIGIN = NullableCoder.of(Coders.ORIGIN);
  private static final TakeOutCoder INSTANCE = new TakeOutCoder();

  private TakeOutCoder() {}

  public static TakeOutCoder of() {
    return INSTANCE;
  }

  @Override
  public void encode(TakeOut out, OutputStream bytes) throws IOException {
    Coders.ORIGIN.encode(out.origin(), bytes);
    TWIN.encode(out.twin(), bytes);
    TWIN_ORIGIN.encode(out.twinOrigin(), bytes);
    BooleanCoder.of().encode(out.same(), bytes);
    VarIntCoder.of().encode(out.cuts().size(), bytes);
    for (Range cut : out.cuts()) {
      VarIntCoder.of().encode(cut.from(), bytes);
      VarIntCoder.of().encode(cut.to(), bytes);
    }
  }

  @Override
  public TakeOut decode(InputStream bytes) throws IOException {
    Origin origin = Coders.ORIGIN.decode(bytes);
    @Nullable String twin = TWIN.decode(bytes);
    @Nullable Origin twinOrigin = TWIN_ORIGIN.decode(bytes);
    boolean same = BooleanCoder.of().decode(bytes);
    int count = VarIntCoder.of().decode(bytes);
    List<Range> cuts = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      cuts.add(new Range(VarIntCoder.of().decode(bytes), VarIntCoder.of().decode(bytes)));
    }
    return new TakeOut(origin, twin, twinOrigin, same, cuts);
  }

  @Override
  public boolean consistentWithEquals() {
    return true;
  }
}
