package dev.rootstock.preprocess.compare;

import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;

/**
 * Pairs to sets: every node that hangs together with a lesser one, with the least it hangs together
 * with. Both ways come to the same.
 */
final class Connect
    extends PTransform<PCollection<KV<Hash128, Hash128>>, PCollection<KV<Hash128, Hash128>>> {
  private static final long serialVersionUID = 1L;

  /** Documents; were a fifth of them duplicates, one worker would hold some 1 GB. */
  private static final long ONE_WORKER = 100_000_000;

  /** A chain takes the logarithm of its length to the base 2, so these do for a million links. */
  private static final int ROUNDS = 20;

  private final int rounds; // 0: on one worker

  private Connect(int rounds) {
    this.rounds = rounds;
  }

  /** Chooses by the most nodes there can be. */
  static Connect of(long documents) {
    return documents <= ONE_WORKER ? onOneWorker() : inRounds(ROUNDS);
  }

  static Connect onOneWorker() {
    return new Connect(0);
  }

  /** Holds no more than a node's neighbours at once, and fails if the rounds do not suffice. */
  static Connect inRounds(int rounds) {
    return new Connect(rounds);
  }

  @Override
  public PCollection<KV<Hash128, Hash128>> expand(PCollection<KV<Hash128, Hash128>> pairs) {
    if (rounds == 0) {
      return pairs
          .apply("Join", Combine.globally(new JoinForests()).withoutDefaults())
          .apply("Tell the least", ParDo.of(new Tell()))
          .setCoder(Coders.PAIR);
    }
    PCollection<KV<Hash128, Hash128>> stars = pairs;
    for (int round = 1; round <= rounds; round++) {
      stars = stars.apply("Greater ones, round " + round, Stars.ofTheGreater());
      stars = stars.apply("Lesser ones, round " + round, Stars.ofTheLesser());
    }
    return stars.apply("Check that all is told", Stars.check(rounds));
  }

  private static final class Tell extends DoFn<Forest, KV<Hash128, Hash128>> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(@Element Forest forest, OutputReceiver<KV<Hash128, Hash128>> out) {
      forest.forEach((node, least) -> out.output(KV.of(node, least)));
    }
  }
}
