package dev.rootstock.preprocess.compare;

import java.util.TreeSet;
import org.apache.beam.sdk.coders.BigEndianLongCoder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.transforms.Distinct;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.join.CoGbkResult;
import org.apache.beam.sdk.transforms.join.CoGroupByKey;
import org.apache.beam.sdk.transforms.join.KeyedPCollectionTuple;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TupleTag;

/**
 * Pairs of nodes whose signatures are similar enough: those that share a band, then compared by all
 * of their bits.
 *
 * <p>Within a band's bucket every node is paired with the bucket's least {@value #LEADERS} nodes,
 * so a bucket of n gives at most n x {@value #LEADERS} pairs, and a small one gives all.
 */
final class FindPairs
    extends PTransform<
        PCollection<KV<Hash128, Signature>>, PCollection<KV<Hash128, Hash128>>> {
  private static final long serialVersionUID = 1L;
  private static final int LEADERS = 8;
  private static final double ERRORS = 2; // so that 98 % of pairs just as similar as asked pass
  private static final TupleTag<Signature> OWN = tag("own");
  private static final TupleTag<Hash128> PARTNERS = tag("partners");
  private static final TupleTag<KV<Hash128, Signature>> LED_BY = tag("led by");

  private final double accepted;

  /**
   * @param similarity above 0 and at most 1
   */
  FindPairs(double similarity) {
    this.accepted = similarity - ERRORS * Signature.error(similarity);
  }

  private static <T> TupleTag<T> tag(String name) {
    return new TupleTag<>(name) {
      private static final long serialVersionUID = 1L;
    };
  }

  @Override
  public PCollection<KV<Hash128, Hash128>> expand(PCollection<KV<Hash128, Signature>> nodes) {
    PCollection<KV<Hash128, Hash128>> candidates =
        nodes
            .apply("Bands", ParDo.of(new Bands()))
            .setCoder(KvCoder.of(BigEndianLongCoder.of(), Coders.HASH))
            .apply("Gather a bucket", GroupByKey.create())
            .apply("Pair with the least", ParDo.of(new PairUp()))
            .setCoder(Coders.PAIR)
            .apply("Each pair once", Distinct.create());
    PCollection<KV<Hash128, KV<Hash128, Signature>>> half =
        KeyedPCollectionTuple.of(OWN, nodes)
            .and(PARTNERS, candidates)
            .apply("To the leader", CoGroupByKey.create())
            .apply("Take its signature along", ParDo.of(new TakeAlong()))
            .setCoder(KvCoder.of(Coders.HASH, KvCoder.of(Coders.HASH, Coders.SIGNATURE)));
    return KeyedPCollectionTuple.of(OWN, nodes)
        .and(LED_BY, half)
        .apply("To the other", CoGroupByKey.create())
        .apply("Compare", ParDo.of(new Compare(accepted)))
        .setCoder(Coders.PAIR);
  }

  private static final class Bands extends DoFn<KV<Hash128, Signature>, KV<Long, Hash128>> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(
        @Element KV<Hash128, Signature> node, OutputReceiver<KV<Long, Hash128>> out) {
      for (int band = 0; band < Signature.BANDS; band++) {
        out.output(KV.of(node.getValue().band(band), node.getKey()));
      }
    }
  }

  /** Looks twice through a bucket and holds no more than the leaders. */
  private static final class PairUp
      extends DoFn<KV<Long, Iterable<Hash128>>, KV<Hash128, Hash128>> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(
        @Element KV<Long, Iterable<Hash128>> bucket, OutputReceiver<KV<Hash128, Hash128>> out) {
      TreeSet<Hash128> leaders = new TreeSet<>();
      for (Hash128 node : bucket.getValue()) {
        if (leaders.size() < LEADERS || node.compareTo(leaders.last()) < 0) {
          leaders.add(node);
          if (leaders.size() > LEADERS) {
            leaders.pollLast();
          }
        }
      }
      if (leaders.size() == 1) {
        return;
      }
      for (Hash128 node : bucket.getValue()) {
        for (Hash128 leader : leaders.headSet(node)) {
          out.output(KV.of(leader, node));
        }
      }
    }
  }

  private static final class TakeAlong
      extends DoFn<KV<Hash128, CoGbkResult>, KV<Hash128, KV<Hash128, Signature>>> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(
        @Element KV<Hash128, CoGbkResult> leader,
        OutputReceiver<KV<Hash128, KV<Hash128, Signature>>> out) {
      Signature own = leader.getValue().getOnly(OWN);
      for (Hash128 partner : leader.getValue().getAll(PARTNERS)) {
        out.output(KV.of(partner, KV.of(leader.getKey(), own)));
      }
    }
  }

  private static final class Compare
      extends DoFn<KV<Hash128, CoGbkResult>, KV<Hash128, Hash128>> {
    private static final long serialVersionUID = 1L;

    private final double accepted;

    Compare(double accepted) {
      this.accepted = accepted;
    }

    @ProcessElement
    public void process(
        @Element KV<Hash128, CoGbkResult> node, OutputReceiver<KV<Hash128, Hash128>> out) {
      Signature own = node.getValue().getOnly(OWN);
      for (KV<Hash128, Signature> leader : node.getValue().getAll(LED_BY)) {
        if (own.similarity(leader.getValue()) >= accepted) {
          out.output(KV.of(node.getKey(), leader.getKey()));
        }
      }
    }
  }
}
