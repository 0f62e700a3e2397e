package dev.rootstock.preprocess;

import java.util.List;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;

/** Store keys, spread over all workers. */
final class Spread extends PTransform<PBegin, PCollection<String>> {
  private static final long serialVersionUID = 1L;

  private final transient List<String> keys;

  private Spread(List<String> keys) {
    this.keys = keys;
  }

  static Spread of(List<String> keys) {
    return new Spread(keys);
  }

  @Override
  public PCollection<String> expand(PBegin begin) {
    PCollection<String> listed =
        begin.apply("List", Create.of(keys).withCoder(StringUtf8Coder.of()));
    return keys.size() > 1 ? listed.apply("Spread", Reshuffle.viaRandomKey()) : listed;
  }
}
