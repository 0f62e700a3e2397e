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

  private Set<TakeOut> taken(Connect connect) throws IOException {
    TAKEN.clear();
    Pipeline pipeline = pipeline();
    pipeline
        .apply("Numbers", GenerateSequence.from(0).to(LENGTH))
        .apply("Windows", ParDo.of(new Windows()))
        .setCoder(SketchCoder.of())
        .apply("Compare", CompareSketches.by(NEAR, connect))
        .apply("Collect", ParDo.of(new Collect()));
    pipeline.run().waitUntilFinish();
    return Set.copyOf(TAKEN);
  }

  @Test
  void aChainOfTenThousandIsOneSetHoweverItIsJoined() throws IOException {
    Set<TakeOut> onOneWorker = taken(Connect.onOneWorker());

    assertThat(onOneWorker).hasSize(LENGTH - 1);
    assertThat(onOneWorker).allMatch(out -> out.twinOrigin().record() == 0);
    assertThat(taken(Connect.inRounds(14))).isEqualTo(onOneWorker);
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

  /** A hundred words of an endless row of different ones, from the number on. */
  private static final class Windows extends DoFn<Long, Sketch> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(@Element Long number, OutputReceiver<Sketch> out) {
      StringBuilder text = new StringBuilder();
      for (long word = number; word < number + WORDS; word++) {
        for (long rest = word + 26; rest > 0; rest /= 26) {
          text.append((char) ('a' + rest % 26));
        }
        text.append(' ');
      }
      Origin origin = new Origin(0, "0123456789ab", number);
      Document document = Document.of(text.toString(), origin, null, null, null);
      out.output(Sketcher.of(NEAR).sketch(document));
    }
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
