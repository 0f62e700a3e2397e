package dev.rootstock.preprocess.compare;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.CoderRegistry;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.values.KV;

/** Pairs to the forest of what hangs together, each worker beginning with its own pairs. */
final class JoinForests extends Combine.CombineFn<KV<Hash128, Hash128>, Forest, Forest> {
  private static final long serialVersionUID = 1L;

  @Override
  public Forest createAccumulator() {
    return new Forest();
  }

  @Override
  public Forest addInput(Forest forest, KV<Hash128, Hash128> pair) {
    forest.join(pair.getKey(), pair.getValue());
    return forest;
  }

  @Override
  public Forest mergeAccumulators(Iterable<Forest> forests) {
    Forest all = new Forest();
    for (Forest forest : forests) {
      all.joinAll(forest);
    }
    return all;
  }

  @Override
  public Forest extractOutput(Forest forest) {
    return forest;
  }

  @Override
  public Coder<Forest> getAccumulatorCoder(
      CoderRegistry registry, Coder<KV<Hash128, Hash128>> pairs) {
    return new ForestCoder();
  }

  @Override
  public Coder<Forest> getDefaultOutputCoder(
      CoderRegistry registry, Coder<KV<Hash128, Hash128>> pairs) {
    return new ForestCoder();
  }

  private static final class ForestCoder extends AtomicCoder<Forest> {
    private static final long serialVersionUID = 1L;

    @Override
    public void encode(Forest forest, OutputStream out) throws IOException {
      forest.write(new DataOutputStream(out));
    }

    @Override
    public Forest decode(InputStream in) throws IOException {
      return Forest.read(new DataInputStream(in));
    }
  }
}
