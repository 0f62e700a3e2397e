package dev.rootstock.preprocess.clean;

import java.io.Serializable;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.jspecify.annotations.Nullable;

/**
 * What meets under a bundle's index before its part is written: the bundle, and what to take out of
 * it.
 *
 * @param sifted the bundle, or null
 * @param removal from one of its documents, or null
 */
public record PartItem(@Nullable SiftedBundle sifted, @Nullable Removal removal)
    implements Serializable {
  static PartItem of(SiftedBundle sifted) {
    return new PartItem(sifted, null);
  }

  public static PartItem of(Removal removal) {
    return new PartItem(null, removal);
  }

  /** By bundle. */
  public static KvCoder<Integer, PartItem> coder() {
    return KvCoder.of(VarIntCoder.of(), new PartItemCoder());
  }
}
