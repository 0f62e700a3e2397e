package dev.rootstock.preprocess.compare;

import java.util.TreeSet;
import org.apache.beam.sdk.coders.BigEndianLongCoder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.transforms.Distinct;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;

/**
 * Pairs of nodes whose signatures are similar enough: those that share a band, then compared by all
 * of their bits.
 *
 * <p>Within a band's bucket every node is paired with the bucket's least {@value #LEADERS} nodes,
 * so a bucket of n gives at most n x {@value #LEADERS} pairs, and a small one gives all.
 */
final class FindPairs
    extends PTransform<PCollection<KV<Hash128, Signature>>, PCollection<KV<Hash128, Hash128>>> {
  private static final long serialVersionUID = 1L;
  private static final int LEADERS = 8;
  private static final double ERRORS = 2; // so that 98 % of pairs just as similar as asked pass

  private final double accepted;

  /**
   * @param similarity above 0 and at most 1
   */
  FindPairs(double similarity) {
    this.accepted = similarity - ERRORS * Signature.error(similarity);
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
        Either.join("To the leader", nodes, candidates)
            .apply("Take its signature along", ParDo.of(new TakeAlong()))
            .setCoder(KvCoder.of(Coders.HASH, KvCoder.of(Coders.HASH, Coders.SIGNATURE)));
    return Either.join("To the other", nodes, half)
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
      extends DoFn<
          KV<Hash128, Iterable<Either<Signature, Hash128>>>, KV<Hash128, KV<Hash128, Signature>>> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(
        @Element KV<Hash128, Iterable<Either<Signature, Hash128>>> leader,
        OutputReceiver<KV<Hash128, KV<Hash128, Signature>>> out) {
      KV<Hash128, Signature> own = KV.of(leader.getKey(), Either.left(leader.getValue()));
      for (Either<Signature, Hash128> either : leader.getValue()) {
        Hash128 partner = either.right();
        if (partner != null) {
          out.output(KV.of(partner, own));
        }
      }
    }
  }

  private static final class Compare
      extends DoFn<
          KV<Hash128, Iterable<Either<Signature, KV<Hash128, Signature>>>>, KV<Hash128, Hash128>> {
    private static final long serialVersionUID = 1L;

    private final double accepted;

    Compare(double accepted) {
      this.accepted = accepted;
    }

    @ProcessElement
    public void process(
        @Element KV<Hash128, Iterable<Either<Signature, KV<Hash128, Signature>>>> node,
        OutputReceiver<KV<Hash128, Hash128>> out) {
      Signature own = Either.left(node.getValue());
      for (Either<Signature, KV<Hash128, Signature>> either : node.getValue()) {
        KV<Hash128, Signature> leader = either.right();
        if (leader != null && own.similarity(leader.getValue()) >= accepted) {
          out.output(KV.of(node.getKey(), leader.getKey()));
        }
      }
    }
  }
}
