package dev.rootstock.preprocess.clean;

import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TypeDescriptor;

/** One kind of removals as removals. */
public final class Removals<R extends Removal>
    extends PTransform<PCollection<KV<Integer, R>>, PCollection<KV<Integer, Removal>>> {
  private static final long serialVersionUID = 1L;
  private static final TypeDescriptor<KV<Integer, Removal>> TYPE = new TypeDescriptor<>() {};

  private Removals() {}

  public static <R extends Removal> Removals<R> of() {
    return new Removals<>();
  }

  /** By bundle. */
  public static KvCoder<Integer, Removal> coder() {
    return KvCoder.of(VarIntCoder.of(), SerializableCoder.of(Removal.class));
  }

  @Override
  public PCollection<KV<Integer, Removal>> expand(PCollection<KV<Integer, R>> some) {
    return some.apply(
            "As removals", MapElements.into(TYPE).via(one -> KV.of(one.getKey(), one.getValue())))
        .setCoder(coder());
  }
}
