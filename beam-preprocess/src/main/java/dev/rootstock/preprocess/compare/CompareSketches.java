package dev.rootstock.preprocess.compare;

import dev.rootstock.contract.CleaningSpec;
import dev.rootstock.contract.CleaningSpec.Deduplicate;
import dev.rootstock.contract.CleaningSpec.Repeats;
import dev.rootstock.preprocess.Document.Origin;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;

/**
 * What a spec wants taken out of the documents that were sketched, under the index of each one's
 * bundle; at most one {@link TakeOut} a document, and none for those that stay as they are.
 * Duplicates go first, so a passage's first place is in a document that stays. No order, runner or
 * parallelism changes the result.
 */
public final class CompareSketches
    extends PTransform<PCollection<Sketch>, PCollection<KV<Integer, TakeOut>>> {
  private static final long serialVersionUID = 1L;
  private static final KvCoder<Integer, TakeOut> OUT =
      KvCoder.of(VarIntCoder.of(), TakeOutCoder.of());

  private final transient CleaningSpec spec;
  private final long documents;
  private final Connect connect;

  private CompareSketches(CleaningSpec spec, long documents, Connect connect) {
    this.spec = spec;
    this.documents = documents;
    this.connect = connect;
  }

  /**
   * @param spec the sketches' own, but for the similarity
   * @param documents how many there are at most: chooses how they are joined
   */
  public static CompareSketches by(CleaningSpec spec, long documents) {
    return new CompareSketches(spec, documents, Connect.of(documents));
  }

  static CompareSketches by(CleaningSpec spec, long documents, Connect connect) {
    return new CompareSketches(spec, documents, connect);
  }

  @Override
  public PCollection<KV<Integer, TakeOut>> expand(PCollection<Sketch> sketches) {
    boolean duplicates = spec.duplicates() != Deduplicate.NONE;
    boolean repeats = spec.repeats() != Repeats.KEEP;
    if (!duplicates && !repeats) {
      return sketches.getPipeline().apply("Nothing to take out", Create.empty(OUT));
    }
    if (!duplicates) {
      return sketches.apply("Find repeats", new FindRepeats());
    }
    PCollection<KV<Integer, TakeOut>> gone =
        sketches.apply("Find duplicates", new FindDuplicates(spec, documents, connect));
    if (!repeats) {
      return gone;
    }
    PCollection<KV<Origin, Sketch>> byOrigin =
        sketches
            .apply("By origin", ParDo.of(new ByOrigin()))
            .setCoder(KvCoder.of(Coders.ORIGIN, SketchCoder.of()));
    PCollection<KV<Origin, TakeOut>> goneByOrigin =
        gone.apply("Gone by origin", ParDo.of(new GoneByOrigin()))
            .setCoder(KvCoder.of(Coders.ORIGIN, TakeOutCoder.of()));
    PCollection<KV<Integer, TakeOut>> cuts =
        Either.join("To the document", byOrigin, goneByOrigin)
            .apply("Those that stay", ParDo.of(new Staying()))
            .setCoder(SketchCoder.of())
            .apply("Find repeats", new FindRepeats());
    return PCollectionList.of(gone).and(cuts).apply("All to take out", Flatten.pCollections());
  }

  /** Without signatures, which repeats have no use for. */
  private static final class ByOrigin extends DoFn<Sketch, KV<Origin, Sketch>> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(@Element Sketch sketch, OutputReceiver<KV<Origin, Sketch>> out) {
      out.output(KV.of(sketch.origin(), sketch.withoutSignature()));
    }
  }

  private static final class GoneByOrigin extends DoFn<KV<Integer, TakeOut>, KV<Origin, TakeOut>> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(
        @Element KV<Integer, TakeOut> gone, OutputReceiver<KV<Origin, TakeOut>> out) {
      out.output(KV.of(gone.getValue().origin(), gone.getValue()));
    }
  }

  private static final class Staying
      extends DoFn<KV<Origin, Iterable<Either<Sketch, TakeOut>>>, Sketch> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(
        @Element KV<Origin, Iterable<Either<Sketch, TakeOut>>> document,
        OutputReceiver<Sketch> out) {
      for (Either<Sketch, TakeOut> either : document.getValue()) {
        if (either.right() != null) {
          return;
        }
      }
      out.output(Either.left(document.getValue()));
    }
  }
}
