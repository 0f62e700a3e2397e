package dev.rootstock.preprocess.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rootstock.contract.CanonicalJson;
import dev.rootstock.contract.CleaningSpec;
import dev.rootstock.preprocess.Document;
import dev.rootstock.preprocess.Document.Origin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.io.GenerateSequence;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Documents of which each is much like the next, and the last nothing like the first, on Flink. */
class ChainIT {
  private static final int LENGTH = 10_000;
  private static final int WORDS = 100;
  private static final int STEP = 5; // words: the next is 0.90 like it, the one after 0.81
  private static final int PAGE = 4; // every fourth number is one
  private static final CleaningSpec NEAR = CanonicalJson.read("{}", CleaningSpec.class);

  /** A cluster within this process shares its memory. */
  private static final Set<TakeOut> TAKEN = ConcurrentHashMap.newKeySet();

  @TempDir Path settings;

  private Pipeline pipeline() throws IOException {
    Files.writeString(
        settings.resolve("flink-conf.yaml"),
        "jobmanager.bind-host: localhost\ntaskmanager.bind-host: localhost\nrest.bind-address: localhost\n");
    return Pipeline.create(
        PipelineOptionsFactory.fromArgs(
                "--runner=FlinkRunner",
                "--flinkMaster=[local]",
                "--parallelism=2",
                "--objectReuse=true",
                "--reIterableGroupByKeyResult=true",
                "--flinkConfDir=" + settings)
            .create());
  }

  private Set<TakeOut> taken(DoFn<Long, Sketch> texts, Connect connect) throws IOException {
    TAKEN.clear();
    Pipeline pipeline = pipeline();
    pipeline
        .apply("Numbers", GenerateSequence.from(0).to(LENGTH))
        .apply("Texts", ParDo.of(texts))
        .setCoder(SketchCoder.of())
        .apply("Compare", CompareSketches.by(NEAR, LENGTH, connect))
        .apply("Collect", ParDo.of(new Collect()));
    pipeline.run().waitUntilFinish();
    return Set.copyOf(TAKEN);
  }

  @Test
  void aChainOfTenThousandIsOneSetHoweverItIsJoined() throws IOException {
    Set<TakeOut> onOneWorker = taken(new Windows(), Connect.onOneWorker());

    assertThat(onOneWorker).hasSize(LENGTH - 1);
    assertThat(onOneWorker).allMatch(out -> out.twinOrigin().record() == 0);
    assertThat(taken(new Windows(), Connect.inRounds(16))).isEqualTo(onOneWorker);
  }

  @Test
  void aHotBucketIsComparedWithItsLeast() throws IOException {
    Set<TakeOut> taken = taken(new Pages(), Connect.onOneWorker());

    assertThat(taken).hasSize(LENGTH / PAGE - 1);
    assertThat(taken).allMatch(out -> out.twinOrigin().record() == 0 && !out.same());
  }

  @Test
  void tooFewRoundsFail() throws IOException {
    Pipeline pipeline = pipeline();
    pipeline
        .apply(
            "Numbers", Create.of(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L).withCoder(VarLongCoder.of()))
        .apply("Links", ParDo.of(new Links()))
        .setCoder(Coders.PAIR)
        .apply("Connect", Connect.inRounds(1));

    assertThatThrownBy(() -> pipeline.run().waitUntilFinish())
        .hasStackTraceContaining("after 1 rounds")
        .hasStackTraceContaining("Raise Connect.ROUNDS");
  }

  /** A hundred words of an endless row of different ones. */
  private static final class Windows extends DoFn<Long, Sketch> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(@Element Long number, OutputReceiver<Sketch> out) {
      out.output(sketch(number, text(number * STEP, WORDS)));
    }
  }

  /** One and the same page, but for a word of its own in the middle: two pages are 0.90 alike. */
  private static final class Pages extends DoFn<Long, Sketch> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(@Element Long number, OutputReceiver<Sketch> out) {
      if (number % PAGE == 0) {
        String own = text(1_000_000 + number, 1);
        out.output(sketch(number, text(0, WORDS / 2) + own + text(WORDS / 2, WORDS / 2)));
      }
    }
  }

  private static String text(long from, int words) {
    StringBuilder text = new StringBuilder();
    for (long word = from; word < from + words; word++) {
      for (long rest = word + 26; rest > 0; rest /= 26) {
        text.append((char) ('a' + rest % 26));
      }
      text.append(' ');
    }
    return text.toString();
  }

  private static Sketch sketch(long number, String text) {
    Origin origin = new Origin(0, "0123456789ab", number);
    return Sketcher.of(NEAR).sketch(Document.of(text, origin, null, null, null));
  }

  private static final class Links extends DoFn<Long, KV<Hash128, Hash128>> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(@Element Long number, OutputReceiver<KV<Hash128, Hash128>> out) {
      out.output(KV.of(new Hash128(0, number), new Hash128(0, number - 1)));
    }
  }

  private static final class Collect extends DoFn<KV<Integer, TakeOut>, Void> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(@Element KV<Integer, TakeOut> out) {
      TAKEN.add(out.getValue());
    }
  }
}
