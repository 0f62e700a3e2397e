package dev.rootstock.preprocess.tokenize;

import dev.rootstock.contract.CanonicalJson;
import dev.rootstock.contract.TokenizerSpec;
import dev.rootstock.contract.tokenizer.BytePairTokenizer;
import dev.rootstock.preprocess.Place;
import dev.rootstock.preprocess.Pulse;
import dev.rootstock.preprocess.Receipt;
import dev.rootstock.preprocess.Scratch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TypeDescriptors;

/**
 * Learns a tokenizer from all counted pieces, on one worker, and writes its two files. Gives a
 * receipt for each.
 */
public final class LearnTokenizer extends PTransform<PCollection<byte[]>, PCollection<String>> {
  private static final long serialVersionUID = 1L;

  /** Pieces that one worker holds, about half a kilobyte each; beyond, the rarest are left out. */
  static final int MOST_PIECES = 1 << 20;

  private final Place place;
  private final String spec; // JSON: the record does not travel

  private LearnTokenizer(Place place, TokenizerSpec spec) {
    this.place = place;
    this.spec = CanonicalJson.write(spec);
  }

  public static LearnTokenizer to(Place place, TokenizerSpec spec) {
    return new LearnTokenizer(place, spec);
  }

  @Override
  public PCollection<String> expand(PCollection<byte[]> counts) {
    return counts
        .apply("As one", WithKeys.<Integer, byte[]>of(0).withKeyType(TypeDescriptors.integers()))
        .apply("On one worker", GroupByKey.create())
        .apply("Learn merges", ParDo.of(new Learn(place, spec)))
        .setCoder(StringUtf8Coder.of());
  }

  private static final class Learn extends DoFn<KV<Integer, Iterable<byte[]>>, String> {
    private static final long serialVersionUID = 1L;

    private final Place place;
    private final String spec;

    Learn(Place place, String spec) {
      this.place = place;
      this.spec = spec;
    }

    @ProcessElement
    public void process(@Element KV<Integer, Iterable<byte[]>> all, OutputReceiver<String> out)
        throws IOException {
      TokenizerSpec asked = CanonicalJson.read(spec, TokenizerSpec.class);
      MergeLearner learner = new MergeLearner(asked);
      CommonPieces pieces = new CommonPieces(MOST_PIECES);
      all.getValue().forEach(block -> CountBlocks.read(block, pieces::add));
      pieces.forEach(learner::add);
      BytePairTokenizer tokenizer =
          BytePairTokenizer.learned(asked, learner.learn(() -> Pulse.beat(1)));
      Map<String, Object> counts =
          Map.of(
              "vocabulary",
              (long) tokenizer.vocabulary(),
              "tokens",
              learner.tokens(),
              "bytes",
              learner.bytes(),
              "pieces",
              (long) learner.pieces());
      out.output(write("tokenizer.json", tokenizer.json(), counts));
      out.output(write("tokenizer_config.json", tokenizer.configuration(), Map.of()));
    }

    private String write(String name, String text, Map<String, Object> counts) throws IOException {
      Path file = Scratch.file(".json");
      try {
        Files.writeString(file, text);
        return Receipt.of("tokenizer", List.of(place.add(name, file)), counts).write();
      } finally {
        Files.deleteIfExists(file);
      }
    }
  }
}
