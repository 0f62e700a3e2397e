package dev.rootstock.preprocess.mix;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.BigEndianLongCoder;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.CoderRegistry;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Filter;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionView;

/**
 * {@link Caps#of} on Beam: from sketches (source, and hash and bytes of a document) the threshold
 * of each source whose cap is passed. A view of it is a map for {@link Caps}.
 */
public final class CapSources
    extends PTransform<PCollection<KV<Integer, KV<Long, Long>>>, PCollection<KV<Integer, Long>>> {
  private static final long serialVersionUID = 1L;

  private final TreeMap<Integer, Long> asked;

  private CapSources(Map<Integer, Long> asked) {
    this.asked = new TreeMap<>(asked);
  }

  /**
   * @param asked bytes by source
   */
  public static CapSources at(Map<Integer, Long> asked) {
    return new CapSources(asked);
  }

  /** The coder of what is capped. */
  public static KvCoder<Integer, KV<Long, Long>> sketches() {
    return KvCoder.of(VarIntCoder.of(), KvCoder.of(BigEndianLongCoder.of(), VarLongCoder.of()));
  }

  @Override
  public PCollection<KV<Integer, Long>> expand(PCollection<KV<Integer, KV<Long, Long>>> sketches) {
    TreeMap<Integer, Long> caps = asked;
    PCollection<KV<Integer, KV<Long, Long>>> capped =
        sketches.apply("Of capped sources", Filter.by(sketch -> caps.containsKey(sketch.getKey())));
    PCollectionView<Map<Integer, CapHistogram>> histograms =
        capped.apply("Bytes by hash", Combine.perKey(new Fill())).apply("Histograms", View.asMap());
    return capped
        .apply(
            "Where caps are passed",
            ParDo.of(new Inside(caps, histograms)).withSideInputs(histograms))
        .setCoder(sketches())
        .apply("Gather a bucket", GroupByKey.create())
        .apply("Threshold", ParDo.of(new Cut(caps, histograms)).withSideInputs(histograms))
        .setCoder(KvCoder.of(VarIntCoder.of(), VarLongCoder.of()));
  }

  private static final class Inside
      extends DoFn<KV<Integer, KV<Long, Long>>, KV<Integer, KV<Long, Long>>> {
    private static final long serialVersionUID = 1L;

    private final TreeMap<Integer, Long> asked;
    private final PCollectionView<Map<Integer, CapHistogram>> histograms;
    private transient Map<Integer, CapHistogram.Bucket> crossings;

    Inside(TreeMap<Integer, Long> asked, PCollectionView<Map<Integer, CapHistogram>> histograms) {
      this.asked = asked;
      this.histograms = histograms;
    }

    @ProcessElement
    public void process(ProcessContext context) {
      if (crossings == null) {
        crossings = Caps.crossings(asked, context.sideInput(histograms));
      }
      CapHistogram.Bucket bucket = crossings.get(context.element().getKey());
      if (bucket != null && bucket.holds(context.element().getValue().getKey())) {
        context.output(context.element());
      }
    }
  }

  private static final class Cut
      extends DoFn<KV<Integer, Iterable<KV<Long, Long>>>, KV<Integer, Long>> {
    private static final long serialVersionUID = 1L;

    private final TreeMap<Integer, Long> asked;
    private final PCollectionView<Map<Integer, CapHistogram>> histograms;

    Cut(TreeMap<Integer, Long> asked, PCollectionView<Map<Integer, CapHistogram>> histograms) {
      this.asked = asked;
      this.histograms = histograms;
    }

    @ProcessElement
    public void process(ProcessContext context) {
      int source = context.element().getKey();
      long cap = asked.get(source);
      CapHistogram.Bucket bucket =
          context.sideInput(histograms).get(source).crossing(cap).orElseThrow();
      Map<Long, Long> bytes = new HashMap<>();
      context
          .element()
          .getValue()
          .forEach(one -> bytes.merge(one.getKey(), one.getValue(), Long::sum));
      context.output(KV.of(source, Caps.threshold(cap, bucket, bytes)));
    }
  }

  /** Fills a histogram. */
  private static final class Fill
      extends Combine.CombineFn<KV<Long, Long>, CapHistogram, CapHistogram> {
    private static final long serialVersionUID = 1L;

    @Override
    public CapHistogram createAccumulator() {
      return new CapHistogram();
    }

    @Override
    public CapHistogram addInput(CapHistogram histogram, KV<Long, Long> document) {
      histogram.add(document.getKey(), document.getValue());
      return histogram;
    }

    @Override
    public CapHistogram mergeAccumulators(Iterable<CapHistogram> all) {
      CapHistogram sum = createAccumulator();
      all.forEach(sum::add);
      return sum;
    }

    @Override
    public CapHistogram extractOutput(CapHistogram histogram) {
      return histogram;
    }

    @Override
    public Coder<CapHistogram> getAccumulatorCoder(
        CoderRegistry registry, Coder<KV<Long, Long>> input) {
      return new HistogramCoder();
    }

    @Override
    public Coder<CapHistogram> getDefaultOutputCoder(
        CoderRegistry registry, Coder<KV<Long, Long>> input) {
      return new HistogramCoder();
    }
  }

  /** Buckets one after another. */
  private static final class HistogramCoder extends AtomicCoder<CapHistogram> {
    private static final long serialVersionUID = 1L;

    @Override
    public void encode(CapHistogram histogram, OutputStream out) throws IOException {
      for (long bucket : histogram.buckets()) {
        VarLongCoder.of().encode(bucket, out);
      }
    }

    @Override
    public CapHistogram decode(InputStream in) throws IOException {
      long[] buckets = new CapHistogram().buckets();
      for (int i = 0; i < buckets.length; i++) {
        buckets[i] = VarLongCoder.of().decode(in);
      }
      return CapHistogram.of(buckets);
    }
  }
}
