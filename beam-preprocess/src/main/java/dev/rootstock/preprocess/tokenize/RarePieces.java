package dev.rootstock.preprocess.tokenize;

import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Values;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionView;

/**
 * Leaves out the rarest pieces where there are more than one worker should hold: those that occur
 * less often than the least count of which not too many pieces are left. That count follows from
 * the counts alone, and so does the result.
 */
final class RarePieces
    extends PTransform<PCollection<KV<String, Long>>, PCollection<KV<String, Long>>> {
  private static final long serialVersionUID = 1L;

  private final int most;

  private RarePieces(int most) {
    this.most = most;
  }

  /**
   * @param most pieces to keep
   */
  static RarePieces leftOutBeyond(int most) {
    return new RarePieces(most);
  }

  @Override
  public PCollection<KV<String, Long>> expand(PCollection<KV<String, Long>> counts) {
    PCollectionView<Long> least =
        counts
            .apply("Counts", Values.create())
            .apply("Least count", Combine.globally(new LeastCount(most)).asSingletonView());
    return counts.apply("Keep", ParDo.of(new Keep(least)).withSideInputs(least));
  }

  private static final class Keep extends DoFn<KV<String, Long>, KV<String, Long>> {
    private static final long serialVersionUID = 1L;

    private final PCollectionView<Long> least;

    Keep(PCollectionView<Long> least) {
      this.least = least;
    }

    @ProcessElement
    public void process(ProcessContext context) {
      if (context.element().getValue() >= context.sideInput(least)) {
        context.output(context.element());
      }
    }
  }

  /** The least count from which on there are at most so many pieces. */
  static final class LeastCount extends Combine.CombineFn<Long, long[], Long> {
    private static final long serialVersionUID = 1L;
    private static final int COUNTED = 1 << 12; // pieces that occur as often or more are kept

    private final int most;

    LeastCount(int most) {
      this.most = most;
    }

    @Override
    public long[] createAccumulator() {
      return new long[COUNTED];
    }

    @Override
    public long[] addInput(long[] pieces, Long count) {
      pieces[(int) Math.min(count, COUNTED - 1)]++;
      return pieces;
    }

    @Override
    public long[] mergeAccumulators(Iterable<long[]> parts) {
      long[] sum = createAccumulator();
      for (long[] part : parts) {
        for (int i = 0; i < COUNTED; i++) {
          sum[i] += part[i];
        }
      }
      return sum;
    }

    @Override
    public Long extractOutput(long[] pieces) {
      long kept = 0;
      for (int count = COUNTED - 1; count > 0; count--) {
        kept += pieces[count];
        if (kept > most) {
          return Math.min(count + 1L, COUNTED - 1L);
        }
      }
      return 1L;
    }
  }
}
