package dev.rootstock.preprocess.compare;

import dev.rootstock.contract.CleaningSpec;
import dev.rootstock.contract.CleaningSpec.Deduplicate;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;

/**
 * Of documents with equal text, or with much the same, all but the least by origin, each under the
 * index of its bundle. No order, runner or parallelism changes the result.
 */
final class FindDuplicates
    extends PTransform<PCollection<Sketch>, PCollection<KV<Integer, TakeOut>>> {
  private static final long serialVersionUID = 1L;

  private final boolean near;
  private final double similarity;
  private final long documents;
  private final Connect connect;

  /**
   * @param documents how many there are at most
   */
  FindDuplicates(CleaningSpec spec, long documents, Connect connect) {
    this.near = spec.duplicates() == Deduplicate.NEAR;
    this.similarity = spec.similarity();
    this.documents = documents;
    this.connect = connect;
  }

  @Override
  public PCollection<KV<Integer, TakeOut>> expand(PCollection<Sketch> sketches) {
    PCollection<KV<Hash128, Twin>> twins =
        sketches
            .apply("By node", ParDo.of(new ByNode(near)))
            .setCoder(KvCoder.of(Coders.HASH, Coders.TWIN));
    if (near) {
      PCollection<KV<Hash128, Hash128>> least =
          sketches
              .apply("Signatures", ParDo.of(new Signatures()))
              .setCoder(KvCoder.of(Coders.HASH, Coders.SIGNATURE))
              .apply("One a node", Combine.perKey(new Any()))
              .apply("Find pairs", new FindPairs(similarity))
              .apply("Connect", connect);
      twins =
          Either.join("To the node", twins, least)
              .apply("By least node", ParDo.of(new ByLeast()))
              .setCoder(KvCoder.of(Coders.HASH, Coders.TWIN));
    }
    return twins.apply("Gather twins", new GatherTwins(documents));
  }

  private static final class ByNode extends DoFn<Sketch, KV<Hash128, Twin>> {
    private static final long serialVersionUID = 1L;

    private final boolean near;

    ByNode(boolean near) {
      this.near = near;
    }

    @ProcessElement
    public void process(@Element Sketch sketch, OutputReceiver<KV<Hash128, Twin>> out) {
      out.output(KV.of(near ? sketch.node() : sketch.id(), Twin.of(sketch)));
    }
  }

  private static final class Signatures extends DoFn<Sketch, KV<Hash128, Signature>> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(@Element Sketch sketch, OutputReceiver<KV<Hash128, Signature>> out) {
      Signature signature = sketch.signature();
      if (signature != null) {
        out.output(KV.of(signature.whole(), signature));
      }
    }
  }

  /** A node's signatures are all the same. */
  private static final class Any extends Combine.BinaryCombineFn<Signature> {
    private static final long serialVersionUID = 1L;

    @Override
    public Signature apply(Signature one, Signature same) {
      return one;
    }
  }

  private static final class ByLeast
      extends DoFn<KV<Hash128, Iterable<Either<Twin, Hash128>>>, KV<Hash128, Twin>> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(
        @Element KV<Hash128, Iterable<Either<Twin, Hash128>>> node,
        OutputReceiver<KV<Hash128, Twin>> out) {
      Hash128 least = node.getKey();
      for (Either<Twin, Hash128> either : node.getValue()) {
        least = either.right() == null ? least : either.right();
      }
      for (Either<Twin, Hash128> either : node.getValue()) {
        if (either.left() != null) {
          out.output(KV.of(least, either.left()));
        }
      }
    }
  }
}
