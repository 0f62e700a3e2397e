package dev.rootstock.preprocess.bench;

import dev.rootstock.contract.CleaningSpec;
import dev.rootstock.contract.engine.DataBenchOrder;
import dev.rootstock.contract.engine.DataBenchRun;
import dev.rootstock.contract.engine.PeakMemory;
import dev.rootstock.contract.tokenizer.BytePairTokenizer;
import dev.rootstock.contract.tokenizer.Pieces;
import dev.rootstock.preprocess.Document;
import dev.rootstock.preprocess.Dropped;
import dev.rootstock.preprocess.Reason;
import dev.rootstock.preprocess.clean.Cleaned;
import dev.rootstock.preprocess.clean.Cleaning;
import dev.rootstock.preprocess.clean.HeldOut;
import dev.rootstock.preprocess.parquet.DocumentRows;
import dev.rootstock.preprocess.read.CorpusFile;
import dev.rootstock.preprocess.read.FileDocuments;
import dev.rootstock.preprocess.tokenize.MergeLearner;
import dev.rootstock.preprocess.tokenize.Packing;
import dev.rootstock.preprocess.tokenize.ShardFile;
import dev.rootstock.preprocess.tokenize.Tokenized;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.io.LocalInputFile;

/**
 * The steps of the pipeline in plain threads that share their memory: what the machine could do if
 * nothing had to be ordered, kept for another attempt, or done on other machines. Which of two
 * equal documents is kept depends on which comes first.
 */
final class PlainLoop {
  private final DataBenchOrder order;
  private final Path folder;
  private final int threads;
  private final Clock clock = new Clock();
  private final LongAdder read = new LongAdder();
  private final LongAdder kept = new LongAdder();
  private final LongAdder keptBytes = new LongAdder();
  private final LongAdder tokens = new LongAdder();

  PlainLoop(DataBenchOrder order) throws IOException {
    this.order = order;
    this.folder = Files.createDirectories(Path.of(order.folder()));
    this.threads = order.attempt().cores();
  }

  DataBenchRun run(List<CorpusFile> files) throws Exception {
    long bytes = files.stream().mapToLong(CorpusFile::bytes).sum();
    List<Path> parts = clock.time("clean", bytes, done -> 0, () -> clean(files));
    BytePairTokenizer tokenizer =
        clock.time("learn", keptBytes.sum(), done -> 0, () -> learn(parts));
    clock.time("tokenize", keptBytes.sum(), done -> tokens.sum(), () -> tokenize(parts, tokenizer));
    return new DataBenchRun(
        order.files(),
        bytes,
        read.sum(),
        kept.sum(),
        tokens.sum(),
        clock.stages(),
        PeakMemory.bytes(),
        Optional.empty());
  }

  private List<Path> clean(List<CorpusFile> files) throws Exception {
    Cleaning cleaning = Cleaning.of(order.cleaning());
    HeldOut heldOut = new HeldOut(order.cleaning().validation());
    Set<String> seen = ConcurrentHashMap.newKeySet();
    List<Path> parts = new ArrayList<>();
    for (int file = 0; file < files.size(); file++) {
      parts.add(folder.resolve("part-" + file + ".parquet"));
    }
    each(
        files.size(),
        index -> {
          try (ParquetWriter<Group> keep = DocumentRows.kept(parts.get(index));
              ParquetWriter<Group> drop =
                  DocumentRows.dropped(folder.resolve("dropped-" + index + ".parquet"))) {
            FileDocuments.read(
                files.get(index), document -> sift(document, cleaning, heldOut, seen, keep, drop));
          }
        });
    return parts;
  }

  private void sift(
      Document raw,
      Cleaning cleaning,
      HeldOut heldOut,
      Set<String> seen,
      ParquetWriter<Group> keep,
      ParquetWriter<Group> drop) {
    read.increment();
    try {
      Cleaned cleaned = cleaning.apply(raw);
      Document document = cleaned.document();
      Optional<Dropped> dropped = cleaned.dropped();
      boolean twin =
          dropped.isEmpty()
              && order.cleaning().duplicates() == CleaningSpec.Deduplicate.EXACT
              && !seen.add(document.id());
      if (dropped.isPresent() || twin) {
        drop.write(DocumentRows.row(dropped.orElseGet(() -> twin(document))));
        return;
      }
      HeldOut.Ends nobody = new HeldOut.Ends("", "");
      keep.write(DocumentRows.row(document, heldOut.splitOf(document.id(), nobody)));
      kept.increment();
      keptBytes.add(document.bytes());
    } catch (IOException full) {
      throw new UncheckedIOException(full);
    }
  }

  private static Dropped twin(Document document) {
    return new Dropped(
        document, Reason.DUPLICATE, "exact/duplicate/1", "same text as " + document.id());
  }

  private BytePairTokenizer learn(List<Path> parts) throws Exception {
    Map<String, Long> counts = new HashMap<>();
    each(
        parts.size(),
        index -> {
          Pieces pieces = new Pieces(order.tokenizer().preTokenizer());
          Map<String, long[]> here = new HashMap<>();
          DocumentRows.read(
              new LocalInputFile(parts.get(index)),
              row -> {
                if (row.split().equals(HeldOut.TRAIN)) {
                  count(row.text(), pieces, here);
                }
              });
          synchronized (counts) {
            here.forEach((piece, count) -> counts.merge(piece, count[0], Long::sum));
          }
        });
    BytePairTokenizer tokenizer =
        BytePairTokenizer.learned(
            order.tokenizer(), MergeLearner.learn(counts, order.tokenizer(), () -> {}));
    long learned = 0;
    for (Map.Entry<String, Long> piece : counts.entrySet()) {
      learned += piece.getValue() * tokenizer.encode(piece.getKey()).length;
    }
    Files.writeString(folder.resolve("tokenizer.json"), tokenizer.json());
    Files.writeString(folder.resolve("learned"), String.valueOf(learned));
    return tokenizer;
  }

  private static void count(String text, Pieces pieces, Map<String, long[]> counts) {
    char[] chars = text.toCharArray();
    for (int start = 0; start < chars.length; ) {
      int end = pieces.end(chars, start, chars.length);
      String piece = new String(chars, start, end - start);
      counts.computeIfAbsent(piece, unknown -> new long[1])[0]++;
      start = end;
    }
  }

  private Void tokenize(List<Path> parts, BytePairTokenizer shared) throws Exception {
    Packing packing = new Packing(order.tokens().context(), order.tokens().packing(), "", "bench");
    String json = shared.json();
    ThreadLocal<BytePairTokenizer> tokenizers =
        ThreadLocal.withInitial(() -> BytePairTokenizer.read(bytes(json)));
    each(
        parts.size(),
        index -> {
          BytePairTokenizer tokenizer = tokenizers.get();
          Map<String, List<Tokenized>> splits = new TreeMap<>();
          DocumentRows.read(
              new LocalInputFile(parts.get(index)),
              row ->
                  splits
                      .computeIfAbsent(row.split(), split -> new ArrayList<>())
                      .add(Tokenized.of(row.id(), 0, tokenizer.encode(row.text()))));
          for (Map.Entry<String, List<Tokenized>> split : splits.entrySet()) {
            Path shard = folder.resolve(split.getKey() + "-" + index + ".parquet");
            tokens.add(
                ShardFile.write(
                        shard,
                        packing,
                        tokenizer.vocabulary(),
                        tokenizer.endOfText(),
                        split.getValue())
                    .tokens());
          }
        });
    return null;
  }

  private static byte[] bytes(String json) {
    return json.getBytes(java.nio.charset.StandardCharsets.UTF_8);
  }

  /** One of many pieces of work. */
  private interface Work {
    void at(int index) throws Exception;
  }

  /** All pieces of work, the next one taken by whichever thread is free. */
  private void each(int count, Work work) throws Exception {
    AtomicInteger next = new AtomicInteger();
    List<Thread> workers = new ArrayList<>();
    List<Throwable> failed = java.util.Collections.synchronizedList(new ArrayList<>());
    for (int worker = 0; worker < threads; worker++) {
      Thread thread =
          new Thread(
              () -> {
                try {
                  for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
                    work.at(i);
                  }
                } catch (Throwable broken) {
                  failed.add(broken);
                }
              },
              "loop-" + worker);
      thread.start();
      workers.add(thread);
    }
    for (Thread worker : workers) {
      worker.join();
    }
    if (!failed.isEmpty()) {
      throw new IllegalStateException("the plain loop broke", failed.get(0));
    }
  }
}
