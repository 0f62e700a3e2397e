package dev.rootstock.preprocess.tokenize;

import dev.rootstock.contract.TokenizerSpec.PreTokenizer;
import dev.rootstock.contract.store.ArtifactStore;
import dev.rootstock.contract.store.Stores;
import dev.rootstock.contract.tokenizer.Pieces;
import dev.rootstock.preprocess.Receipt;
import dev.rootstock.preprocess.clean.HeldOut;
import dev.rootstock.preprocess.parquet.DocumentRows;
import dev.rootstock.preprocess.parquet.StoreInput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;

/**
 * Cuts the training documents of parts into pieces and counts each piece that is no monster. Gives
 * {@link CountBlocks}, each piece in one of them.
 */
public final class CountPieces extends PTransform<PCollection<String>, PCollectionTuple> {
  private static final long serialVersionUID = 1L;

  public static final TupleTag<byte[]> COUNTS =
      new TupleTag<>("counts") {
        private static final long serialVersionUID = 1L;
      };

  private static final TupleTag<KV<Integer, byte[]>> SHARES =
      new TupleTag<>("shares") {
        private static final long serialVersionUID = 1L;
      };

  /** One a part. */
  public static final TupleTag<String> RECEIPTS =
      new TupleTag<>("receipts") {
        private static final long serialVersionUID = 1L;
      };

  private final String store;
  private final PreTokenizer pattern;

  private CountPieces(String store, PreTokenizer pattern) {
    this.store = store;
    this.pattern = pattern;
  }

  public static CountPieces in(String store, PreTokenizer pattern) {
    return new CountPieces(store, pattern);
  }

  @Override
  public PCollectionTuple expand(PCollection<String> parts) {
    PCollectionTuple cut =
        parts.apply(
            "Cut documents",
            ParDo.of(new Cut(store, pattern)).withOutputTags(SHARES, TupleTagList.of(RECEIPTS)));
    PCollection<byte[]> counts =
        cut.get(SHARES)
            .setCoder(KvCoder.of(VarIntCoder.of(), ByteArrayCoder.of()))
            .apply("By share", GroupByKey.create())
            .apply("Add up", ParDo.of(new AddUp()))
            .setCoder(ByteArrayCoder.of());
    return PCollectionTuple.of(COUNTS, counts)
        .and(RECEIPTS, cut.get(RECEIPTS).setCoder(StringUtf8Coder.of()));
  }

  /** Holds the pieces of one share. */
  private static final class AddUp extends DoFn<KV<Integer, Iterable<byte[]>>, byte[]> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(@Element KV<Integer, Iterable<byte[]>> share, OutputReceiver<byte[]> out) {
      Map<String, long[]> counts = new HashMap<>();
      for (byte[] block : share.getValue()) {
        CountBlocks.read(
            block, (piece, count) -> counts.computeIfAbsent(piece, one -> new long[1])[0] += count);
      }
      CountBlocks.write(counts, out::output);
    }
  }

  private static final class Cut extends DoFn<String, KV<Integer, byte[]>> {
    private static final long serialVersionUID = 1L;
    private static final int HELD = 1 << 19; // distinct pieces counted here before they are sent on
    private static final int SAMPLE = 60; // characters

    private final String store;
    private final PreTokenizer pattern;

    Cut(String store, PreTokenizer pattern) {
      this.store = store;
      this.pattern = pattern;
    }

    @ProcessElement
    public void process(@Element String part, MultiOutputReceiver out) throws IOException {
      Pieces pieces = new Pieces(pattern);
      Map<String, long[]> counts = new HashMap<>();
      long[] read = new long[2]; // documents, bytes
      String[] sample = {""};
      try (ArtifactStore opened = Stores.open(store)) {
        DocumentRows.read(
            new StoreInput(opened, part),
            document -> {
              if (document.split().equals(HeldOut.TRAIN)) {
                count(document.text(), pieces, counts);
                read[0]++;
                read[1] += document.text().getBytes(StandardCharsets.UTF_8).length;
                sample[0] = sample[0].isEmpty() ? sampleOf(document.text()) : sample[0];
                if (counts.size() > HELD) {
                  send(counts, out);
                }
              }
            });
      }
      send(counts, out);
      out.get(RECEIPTS)
          .output(
              Receipt.of(
                      "counted",
                      List.of(),
                      Map.of("documents", read[0], "bytes", read[1], "sample", sample[0]))
                  .write());
    }

    private static void count(String text, Pieces pieces, Map<String, long[]> counts) {
      char[] chars = text.toCharArray();
      for (int start = 0; start < chars.length; ) {
        int end = pieces.end(chars, start, chars.length);
        if (end - start <= MergeLearner.LONGEST) { // a longer one is not learned from
          counts.computeIfAbsent(new String(chars, start, end - start), one -> new long[1])[0]++;
        }
        start = end;
      }
    }

    private static void send(Map<String, long[]> counts, MultiOutputReceiver out) {
      List<CountBlocks> shares = new ArrayList<>();
      for (int share = 0; share < CountBlocks.SHARES; share++) {
        int key = share;
        shares.add(new CountBlocks(block -> out.get(SHARES).output(KV.of(key, block))));
      }
      counts.forEach((piece, count) -> shares.get(CountBlocks.share(piece)).add(piece, count[0]));
      shares.forEach(CountBlocks::end);
      counts.clear();
    }

    private static String sampleOf(String text) {
      for (String line : text.split("\n")) {
        String words = line.strip();
        if (words.length() >= SAMPLE) {
          int space = words.lastIndexOf(' ', SAMPLE);
          return words.substring(0, space > 0 ? space : words.offsetByCodePoints(0, 1));
        }
      }
      return "";
    }
  }
}
