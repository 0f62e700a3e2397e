package dev.rootstock.preprocess.compare;

import dev.rootstock.preprocess.Document.Origin;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.beam.sdk.coders.BigEndianLongCoder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;

/**
 * Of lines or spans with equal letters, all but the first by origin and place, gathered by document
 * under the index of its bundle.
 */
final class FindRepeats extends PTransform<PCollection<Sketch>, PCollection<KV<Integer, TakeOut>>> {
  private static final long serialVersionUID = 1L;

  @Override
  public PCollection<KV<Integer, TakeOut>> expand(PCollection<Sketch> sketches) {
    return sketches
        .apply("Stretches", ParDo.of(new Stretches()))
        .setCoder(KvCoder.of(BigEndianLongCoder.of(), Coders.STRETCH))
        .apply("Gather equal ones", GroupByKey.create())
        .apply("All but the first", ParDo.of(new AllButTheFirst()))
        .setCoder(KvCoder.of(Coders.ORIGIN, Coders.STRETCH))
        .apply("Gather a document's", GroupByKey.create())
        .apply("Cuts", ParDo.of(new Cuts()))
        .setCoder(KvCoder.of(VarIntCoder.of(), TakeOutCoder.of()));
  }

  private static final class Stretches extends DoFn<Sketch, KV<Long, Stretch>> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(@Element Sketch sketch, OutputReceiver<KV<Long, Stretch>> out) {
      Units units = sketch.units();
      for (int i = 0; i < units.count(); i++) {
        Range range = units.range(i);
        Stretch stretch = new Stretch(sketch.origin(), sketch.bundle(), range.from(), range.to());
        out.output(KV.of(units.hash(i), stretch));
      }
    }
  }

  /** Looks twice and holds one. */
  private static final class AllButTheFirst
      extends DoFn<KV<Long, Iterable<Stretch>>, KV<Origin, Stretch>> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(
        @Element KV<Long, Iterable<Stretch>> equal, OutputReceiver<KV<Origin, Stretch>> out) {
      Iterator<Stretch> all = equal.getValue().iterator();
      Stretch first = all.next();
      if (!all.hasNext()) {
        return;
      }
      while (all.hasNext()) {
        Stretch stretch = all.next();
        first = stretch.compareTo(first) < 0 ? stretch : first;
      }
      for (Stretch stretch : equal.getValue()) {
        if (stretch.compareTo(first) != 0) {
          out.output(KV.of(stretch.origin(), stretch));
        }
      }
    }
  }

  private static final class Cuts
      extends DoFn<KV<Origin, Iterable<Stretch>>, KV<Integer, TakeOut>> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(
        @Element KV<Origin, Iterable<Stretch>> document, OutputReceiver<KV<Integer, TakeOut>> out) {
      int bundle = 0;
      List<Range> cuts = new ArrayList<>();
      for (Stretch stretch : document.getValue()) {
        bundle = stretch.bundle();
        cuts.add(stretch.range());
      }
      out.output(KV.of(bundle, TakeOut.passages(document.getKey(), cuts)));
    }
  }
}
