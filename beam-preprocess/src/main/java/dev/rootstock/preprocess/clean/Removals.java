package dev.rootstock.preprocess.clean;

import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TypeDescriptor;

/** One kind of removals, as {@link WriteParts} takes them. */
public final class Removals<R extends Removal>
    extends PTransform<PCollection<KV<Integer, R>>, PCollection<KV<Integer, PartItem>>> {
  private static final long serialVersionUID = 1L;
  private static final TypeDescriptor<KV<Integer, PartItem>> TYPE = new TypeDescriptor<>() {};

  private Removals() {}

  public static <R extends Removal> Removals<R> of() {
    return new Removals<>();
  }

  @Override
  public PCollection<KV<Integer, PartItem>> expand(PCollection<KV<Integer, R>> some) {
    return some.apply(
            "As removals",
            MapElements.into(TYPE).via(one -> KV.of(one.getKey(), PartItem.of(one.getValue()))))
        .setCoder(PartItem.coder());
  }
}
