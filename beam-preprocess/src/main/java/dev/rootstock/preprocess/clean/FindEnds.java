package dev.rootstock.preprocess.clean;

import dev.rootstock.preprocess.clean.HeldOut.Ends;
import java.util.Comparator;
import org.apache.beam.sdk.coders.CannotProvideCoderException;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.CoderRegistry;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.transforms.Combine;

/** The two ids with the least and the greatest hash; both empty of none. */
final class FindEnds extends Combine.CombineFn<String, Ends, Ends> {
  private static final long serialVersionUID = 1L;
  private static final Comparator<String> ORDER = Ends.BY_HASH;

  @Override
  public Ends createAccumulator() {
    return new Ends("", "");
  }

  @Override
  public Ends addInput(Ends ends, String id) {
    return both(ends, new Ends(id, id));
  }

  @Override
  public Ends mergeAccumulators(Iterable<Ends> all) {
    Ends ends = createAccumulator();
    for (Ends more : all) {
      ends = both(ends, more);
    }
    return ends;
  }

  @Override
  public Ends extractOutput(Ends ends) {
    return ends;
  }

  @Override
  public Coder<Ends> getAccumulatorCoder(CoderRegistry registry, Coder<String> input)
      throws CannotProvideCoderException {
    return SerializableCoder.of(Ends.class);
  }

  @Override
  public Coder<Ends> getDefaultOutputCoder(CoderRegistry registry, Coder<String> input)
      throws CannotProvideCoderException {
    return SerializableCoder.of(Ends.class);
  }

  private static Ends both(Ends one, Ends other) {
    if (one.least().isEmpty() || other.least().isEmpty()) {
      return one.least().isEmpty() ? other : one;
    }
    return new Ends(
        ORDER.compare(one.least(), other.least()) <= 0 ? one.least() : other.least(),
        ORDER.compare(one.greatest(), other.greatest()) >= 0 ? one.greatest() : other.greatest());
  }
}
