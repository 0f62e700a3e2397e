package dev.rootstock.preprocess;

import java.io.Serializable;
import java.util.List;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;

/** Things that can be worked at apart, spread over all workers. */
final class Spread<T extends Serializable> extends PTransform<PBegin, PCollection<T>> {
  private static final long serialVersionUID = 1L;

  private final transient List<T> things;
  private final transient Class<T> type;

  private Spread(List<T> things, Class<T> type) {
    this.things = things;
    this.type = type;
  }

  static <T extends Serializable> Spread<T> of(List<T> things, Class<T> type) {
    return new Spread<>(things, type);
  }

  @Override
  public PCollection<T> expand(PBegin begin) {
    PCollection<T> listed =
        begin.apply("List", Create.of(things).withCoder(SerializableCoder.of(type)));
    return things.size() > 1 ? listed.apply("Spread", Reshuffle.viaRandomKey()) : listed;
  }
}
