package dev.rootstock.preprocess.tokenize;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.junit.jupiter.api.Test;

class RarePiecesTest {
  private static final Queue<String> KEPT = new ConcurrentLinkedQueue<>();

  private static long least(int most, long... counts) {
    RarePieces.LeastCount combine = new RarePieces.LeastCount(most);
    List<long[]> parts = new ArrayList<>();
    for (long count : counts) {
      parts.add(combine.addInput(combine.createAccumulator(), count));
    }
    return combine.extractOutput(combine.mergeAccumulators(parts));
  }

  @Test
  void keepsAllWhereThereIsRoom() {
    assertThat(least(5, 1, 1, 2, 7, 9)).isEqualTo(1);
  }

  @Test
  void piecesThatOccurEquallyOftenStayOrGoTogether() {
    assertThat(least(4, 1, 1, 2, 7, 9)).isEqualTo(2);
    assertThat(least(3, 1, 1, 2, 7, 9)).isEqualTo(2);
    assertThat(least(2, 1, 1, 2, 7, 9)).isEqualTo(3);
  }

  @Test
  void theCommonestPiecesStayEvenIfTheyAreTooMany() {
    assertThat(least(1, 1_000_000, 2_000_000, 3)).isEqualTo((1 << 12) - 1);
  }

  @Test
  void leavesOutOnAPipelineToo() {
    Pipeline pipeline =
        Pipeline.create(PipelineOptionsFactory.fromArgs("--runner=DirectRunner").create());
    KEPT.clear();
    pipeline
        .apply(Create.of(KV.of("a", 9L), KV.of("b", 1L), KV.of("c", 2L), KV.of("d", 1L)))
        .apply(RarePieces.leftOutBeyond(3))
        .apply(ParDo.of(new Keep()));
    pipeline.run().waitUntilFinish();

    assertThat(KEPT).containsExactlyInAnyOrder("a", "c");
  }

  private static final class Keep extends DoFn<KV<String, Long>, Void> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(@Element KV<String, Long> piece) {
      KEPT.add(piece.getKey());
    }
  }
}
