package dev.rootstock.preprocess.compare;

import java.util.function.BiConsumer;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;

/**
 * Steps that bend pairs towards the least node they hang together with, till all are stars around
 * one (Kiveris and others, 2014). A step never makes more pairs than it was given.
 */
final class Stars
    extends PTransform<PCollection<KV<Hash128, Hash128>>, PCollection<KV<Hash128, Hash128>>> {
  private static final long serialVersionUID = 1L;

  private final DoFn<KV<Hash128, Hash128>, KV<Hash128, Hash128>> spread;
  private final DoFn<KV<Hash128, Iterable<Hash128>>, KV<Hash128, Hash128>> bend;

  private Stars(
      DoFn<KV<Hash128, Hash128>, KV<Hash128, Hash128>> spread,
      DoFn<KV<Hash128, Iterable<Hash128>>, KV<Hash128, Hash128>> bend) {
    this.spread = spread;
    this.bend = bend;
  }

  /** Every node ties its greater neighbours to its least one. */
  static Stars ofTheGreater() {
    return new Stars(new BothWays(), new Bend(true));
  }

  /** Every node ties its lesser neighbours, and itself, to the least of them. */
  static Stars ofTheLesser() {
    return new Stars(new Downwards(), new Bend(false));
  }

  /** Passes stars on, without repetition, and fails on anything else. */
  static Stars check(int rounds) {
    return new Stars(new MarkCentres(), new Check(rounds));
  }

  @Override
  public PCollection<KV<Hash128, Hash128>> expand(PCollection<KV<Hash128, Hash128>> pairs) {
    return pairs
        .apply("Spread", ParDo.of(spread))
        .setCoder(Coders.PAIR)
        .apply("Gather neighbours", GroupByKey.create())
        .apply("Bend", ParDo.of(bend))
        .setCoder(Coders.PAIR);
  }

  private static final class BothWays extends DoFn<KV<Hash128, Hash128>, KV<Hash128, Hash128>> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(
        @Element KV<Hash128, Hash128> pair, OutputReceiver<KV<Hash128, Hash128>> out) {
      out.output(pair);
      out.output(KV.of(pair.getValue(), pair.getKey()));
    }
  }

  private static final class Downwards extends DoFn<KV<Hash128, Hash128>, KV<Hash128, Hash128>> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(
        @Element KV<Hash128, Hash128> pair, OutputReceiver<KV<Hash128, Hash128>> out) {
      boolean down = pair.getValue().compareTo(pair.getKey()) < 0;
      out.output(down ? pair : KV.of(pair.getValue(), pair.getKey()));
    }
  }

  private static final class Bend
      extends DoFn<KV<Hash128, Iterable<Hash128>>, KV<Hash128, Hash128>> {
    private static final long serialVersionUID = 1L;

    private final boolean greater;

    Bend(boolean greater) {
      this.greater = greater;
    }

    @ProcessElement
    public void process(
        @Element KV<Hash128, Iterable<Hash128>> node, OutputReceiver<KV<Hash128, Hash128>> out) {
      bend(
          node.getKey(),
          node.getValue(),
          greater,
          (greaterOne, least) -> out.output(KV.of(greaterOne, least)));
    }
  }

  /**
   * One node's part of a step.
   *
   * @param neighbours all of them if {@code greater}, else those less than {@code own}
   * @param taker of pairs, the greater one first
   */
  static void bend(
      Hash128 own,
      Iterable<Hash128> neighbours,
      boolean greater,
      BiConsumer<Hash128, Hash128> taker) {
    Hash128 least = own;
    for (Hash128 neighbour : neighbours) {
      least = neighbour.compareTo(least) < 0 ? neighbour : least;
    }
    if (!greater) {
      taker.accept(own, least);
    }
    for (Hash128 neighbour : neighbours) {
      if (!neighbour.equals(least) && (!greater || neighbour.compareTo(own) > 0)) {
        taker.accept(neighbour, least);
      }
    }
  }

  /** A centre is tied to itself. */
  private static final class MarkCentres extends DoFn<KV<Hash128, Hash128>, KV<Hash128, Hash128>> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(
        @Element KV<Hash128, Hash128> pair, OutputReceiver<KV<Hash128, Hash128>> out) {
      out.output(pair);
      out.output(KV.of(pair.getValue(), pair.getValue()));
    }
  }

  private static final class Check
      extends DoFn<KV<Hash128, Iterable<Hash128>>, KV<Hash128, Hash128>> {
    private static final long serialVersionUID = 1L;

    private final int rounds;

    Check(int rounds) {
      this.rounds = rounds;
    }

    @ProcessElement
    public void process(
        @Element KV<Hash128, Iterable<Hash128>> node, OutputReceiver<KV<Hash128, Hash128>> out) {
      Hash128 least = node.getValue().iterator().next();
      for (Hash128 other : node.getValue()) {
        if (!other.equals(least)) {
          throw new IllegalStateException(
              "near duplicates still hang together in more than one step after "
                  + rounds
                  + " rounds; they must come to stars. Raise Connect.ROUNDS");
        }
      }
      if (!least.equals(node.getKey())) {
        out.output(KV.of(node.getKey(), least));
      }
    }
  }
}
