package dev.rootstock.preprocess;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootstock.contract.CleaningSpec;
import dev.rootstock.contract.RunnerSpec;
import dev.rootstock.preprocess.Document.Origin;
import dev.rootstock.preprocess.PlantedCorpus.Kind;
import dev.rootstock.preprocess.compare.CompareSketches;
import dev.rootstock.preprocess.compare.Sketch;
import dev.rootstock.preprocess.compare.SketchCoder;
import dev.rootstock.preprocess.compare.Sketcher;
import dev.rootstock.preprocess.compare.TakeOut;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.values.KV;
import org.junit.jupiter.api.Test;

/**
 * Planted duplicates are found, and found alike by any runner. The property {@code
 * rootstock.planted} asks for another number of documents.
 */
class CompareIT {
  private static final int DOCUMENTS = Integer.getInteger("rootstock.planted", 20_000);
  private static final CleaningSpec NEAR = Orders.cleaning("{}");
  private static final CleaningSpec ALL = Orders.cleaning("{\"repeats\":\"spans\"}");

  /** By run; a cluster within this process shares its memory. */
  private static final Map<String, Queue<KV<Integer, TakeOut>>> TAKEN = new ConcurrentHashMap<>();

  /** What came of one run, by origin. */
  private static Map<Origin, TakeOut> run(
      String name, RunnerSpec runner, List<Integer> numbers, CleaningSpec spec) throws IOException {
    PlantedCorpus corpus = new PlantedCorpus(DOCUMENTS);
    TAKEN.put(name, new ConcurrentLinkedQueue<>());
    Pipeline pipeline = Pipeline.create(Runners.options(runner, name, 2, URI.create("file:///")));
    pipeline
        .apply("Numbers", Create.of(numbers).withCoder(VarIntCoder.of()))
        .apply("Spread", Reshuffle.viaRandomKey())
        .apply("Sketch", ParDo.of(new SketchPlanted(corpus, Sketcher.of(spec))))
        .setCoder(SketchCoder.of())
        .apply("Compare", CompareSketches.by(spec, numbers.size()))
        .apply("Collect", ParDo.of(new Collect(name)));
    pipeline.run().waitUntilFinish();
    Map<Origin, TakeOut> taken = new TreeMap<>();
    for (KV<Integer, TakeOut> out : TAKEN.remove(name)) {
      assertThat(out.getKey()).isEqualTo(bundle(out.getValue().origin()));
      assertThat(taken.put(out.getValue().origin(), out.getValue())).isNull();
    }
    return taken;
  }

  private static int bundle(Origin origin) {
    return Integer.parseInt(origin.file(), 16) / 4;
  }

  private static List<Integer> numbers(int count) {
    List<Integer> numbers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      numbers.add(i);
    }
    return numbers;
  }

  @Test
  void plantedDuplicatesAreFoundAndOthersLeftAlone() throws IOException {
    PlantedCorpus corpus = new PlantedCorpus(DOCUMENTS);
    long began = System.nanoTime();
    Map<Origin, TakeOut> taken = run("planted", RunnerSpec.LOCAL, numbers(DOCUMENTS), NEAR);
    double seconds = (System.nanoTime() - began) / 1e9;
    Map<Integer, List<Integer>> families = new HashMap<>();
    for (int i = 0; i < DOCUMENTS; i++) {
      families.computeIfAbsent(PlantedCorpus.original(i), original -> new ArrayList<>()).add(i);
    }
    int planted = 0;
    int found = 0;
    int wrong = 0;
    for (int i = 0; i < DOCUMENTS; i++) {
      TakeOut out = taken.get(corpus.origin(i));
      int original = PlantedCorpus.original(i);
      Kind kind = PlantedCorpus.kind(i);
      if (kind == Kind.NEAR && PlantedCorpus.similarity(i, original) >= 0.8) {
        planted++;
        TakeOut twin = taken.get(corpus.origin(original));
        found += keeper(corpus, i, out).equals(keeper(corpus, original, twin)) ? 1 : 0;
      }
      boolean alone =
          kind == Kind.DECOY
              || kind == Kind.ORIGINAL && families.get(i).stream().allMatch(CompareIT::isAlone);
      wrong += alone && out != null ? 1 : 0;
      if (kind == Kind.EXACT || kind == Kind.BOILERPLATE || kind == Kind.NUMBERED) {
        TakeOut twin = taken.get(corpus.origin(original));
        assertThat(keeper(corpus, i, out)).isEqualTo(keeper(corpus, original, twin));
      }
    }
    System.err.printf(
        "%d documents, %d taken out in %.1f s; of %d near ones %d found, recall %.4f;"
            + " taken wrongly %d, %.4f of what was taken%n",
        DOCUMENTS,
        taken.size(),
        seconds,
        planted,
        found,
        (double) found / planted,
        wrong,
        (double) wrong / taken.size());
    assertThat(planted).isGreaterThan(DOCUMENTS / 12);
    assertThat((double) found / planted).isGreaterThan(0.95);
    assertThat((double) wrong / taken.size()).isLessThan(0.01);
    taken.values().forEach(out -> assertThat(taken).doesNotContainKey(out.twinOrigin()));
    taken.values().forEach(out -> assertThat(out.twinOrigin()).isLessThan(out.origin()));
  }

  private static boolean isAlone(int number) {
    return PlantedCorpus.kind(number) == Kind.DECOY
        || PlantedCorpus.kind(number) == Kind.ORIGINAL && number != 18;
  }

  private static Origin keeper(PlantedCorpus corpus, int number, TakeOut out) {
    return out == null ? corpus.origin(number) : out.twinOrigin();
  }

  @Test
  void anyOrderRunnerAndParallelismComesToTheSame() throws IOException {
    List<Integer> few = numbers(400); // the direct runner spends a bundle on every key
    Map<Origin, TakeOut> first = run("flink-1", Orders.flink(1), few, ALL);
    assertThat(first).hasSizeGreaterThan(90);
    assertThat(first.values()).anyMatch(TakeOut::whole).anyMatch(out -> !out.cuts().isEmpty());
    Collections.shuffle(few, new Random(11));
    assertThat(run("flink-2", Orders.flink(2), few, ALL)).isEqualTo(first);
    Collections.shuffle(few, new Random(12));
    assertThat(run("flink-4", Orders.flink(4), few, ALL)).isEqualTo(first);
    Collections.shuffle(few, new Random(13));
    assertThat(run("direct", Orders.DIRECT, few, ALL)).isEqualTo(first);
  }

  private static final class SketchPlanted extends DoFn<Integer, Sketch> {
    private static final long serialVersionUID = 1L;

    private final PlantedCorpus corpus;
    private final Sketcher sketcher;

    SketchPlanted(PlantedCorpus corpus, Sketcher sketcher) {
      this.corpus = corpus;
      this.sketcher = sketcher;
    }

    @ProcessElement
    public void process(@Element Integer number, OutputReceiver<Sketch> out) {
      Document document = corpus.document(number);
      out.output(sketcher.sketch(document, bundle(document.origin())));
    }
  }

  private static final class Collect extends DoFn<KV<Integer, TakeOut>, Void> {
    private static final long serialVersionUID = 1L;

    private final String run;

    Collect(String run) {
      this.run = run;
    }

    @ProcessElement
    public void process(@Element KV<Integer, TakeOut> out) {
      TAKEN.get(run).add(out);
    }
  }
}
