package dev.rootstock.preprocess.compare;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StructuredCoder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.jspecify.annotations.Nullable;

/**
 * One of two things under a key. Beam's own join keeps up to 10,000 of them in memory and counts
 * what it does, which our Flink settings make an error in the log.
 *
 * @param left or null
 * @param right null if there is a left one
 */
record Either<L, R>(@Nullable L left, @Nullable R right) {

  /** Both under their common keys; each may be looked through more than once. */
  static <K, L, R> PCollection<KV<K, Iterable<Either<L, R>>>> join(
      String name, PCollection<KV<K, L>> left, PCollection<KV<K, R>> right) {
    KvCoder<K, L> leftCoder = (KvCoder<K, L>) left.getCoder();
    KvCoder<K, R> rightCoder = (KvCoder<K, R>) right.getCoder();
    Coder<KV<K, Either<L, R>>> either =
        KvCoder.of(
            leftCoder.getKeyCoder(),
            new EitherCoder<>(leftCoder.getValueCoder(), rightCoder.getValueCoder()));
    return PCollectionList.of(
            left.apply(name + ", left", ParDo.of(new Left<K, L, R>())).setCoder(either))
        .and(right.apply(name + ", right", ParDo.of(new Right<K, L, R>())).setCoder(either))
        .apply(name + ", both", Flatten.pCollections())
        .apply(name, GroupByKey.create());
  }

  /**
   * The only left one.
   *
   * @throws NoSuchElementException if there is none
   */
  static <L, R> L left(Iterable<Either<L, R>> all) {
    for (Either<L, R> one : all) {
      if (one.left != null) {
        return one.left;
      }
    }
    throw new NoSuchElementException("a key was joined that only the right side has");
  }

  private static final class Left<K, L, R> extends DoFn<KV<K, L>, KV<K, Either<L, R>>> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(@Element KV<K, L> one, OutputReceiver<KV<K, Either<L, R>>> out) {
      out.output(KV.of(one.getKey(), new Either<>(one.getValue(), null)));
    }
  }

  private static final class Right<K, L, R> extends DoFn<KV<K, R>, KV<K, Either<L, R>>> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(@Element KV<K, R> one, OutputReceiver<KV<K, Either<L, R>>> out) {
      out.output(KV.of(one.getKey(), new Either<>(null, one.getValue())));
    }
  }

  private static final class EitherCoder<L, R> extends StructuredCoder<Either<L, R>> {
    private static final long serialVersionUID = 1L;

    private final Coder<L> left;
    private final Coder<R> right;

    EitherCoder(Coder<L> left, Coder<R> right) {
      this.left = left;
      this.right = right;
    }

    @Override
    public void encode(Either<L, R> one, OutputStream out) throws IOException {
      out.write(one.left != null ? 0 : 1);
      if (one.left != null) {
        left.encode(one.left, out);
      } else {
        right.encode(one.right, out);
      }
    }

    @Override
    public Either<L, R> decode(InputStream in) throws IOException {
      return in.read() == 0
          ? new Either<>(left.decode(in), null)
          : new Either<>(null, right.decode(in));
    }

    @Override
    public List<? extends Coder<?>> getCoderArguments() {
      return List.of(left, right);
    }

    @Override
    public void verifyDeterministic() throws NonDeterministicException {
      left.verifyDeterministic();
      right.verifyDeterministic();
    }

    @Override
    public boolean consistentWithEquals() {
      return left.consistentWithEquals() && right.consistentWithEquals();
    }
  }
}
