package dev.rootstock.preprocess;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootstock.contract.CorpusListing.ListedSource;
import dev.rootstock.contract.CorpusSpec.Format;
import dev.rootstock.contract.DocumentsRef;
import dev.rootstock.contract.Json;
import dev.rootstock.contract.Stage;
import dev.rootstock.contract.TokenizerRef;
import dev.rootstock.contract.TokenizerSpec;
import dev.rootstock.contract.TokensRef;
import dev.rootstock.contract.TokensSpec;
import dev.rootstock.contract.engine.CleanOrder;
import dev.rootstock.contract.store.ArtifactStore;
import dev.rootstock.contract.store.Artifacts;
import dev.rootstock.contract.store.Segment;
import dev.rootstock.contract.store.Stores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** A corpus of random words, and all that the engine makes of it in processes of its own. */
final class SmallWorld {
  private static final TokenizerSpec SMALL =
      new TokenizerSpec(400, TokenizerSpec.PreTokenizer.GPT2);

  private SmallWorld() {}

  /** JSONL files, a tenth of whose documents stand in each of them. */
  static List<Path> corpus(Path folder, int files, int documents) throws IOException {
    List<Path> corpus = new ArrayList<>();
    for (int file = 0; file < files; file++) {
      StringBuilder lines = new StringBuilder();
      for (int i = 0; i < documents; i++) {
        Random random = new Random(i % 10 == 0 ? i : 1_000_003L * file + i);
        StringBuilder text = new StringBuilder();
        for (int word = 0; word < 80; word++) {
          for (int letter = 2 + random.nextInt(7); letter > 0; letter--) {
            text.append((char) ('a' + random.nextInt(12)));
          }
          text.append(' ');
        }
        lines.append(Json.line(Map.of("text", text.toString()))).append('\n');
      }
      corpus.add(Files.writeString(folder.resolve("corpus-" + file + ".jsonl"), lines));
    }
    return corpus;
  }

  static CleanOrder cleanOrder(Orders orders, List<Path> corpus) throws IOException {
    return cleanOrder(orders, source(corpus));
  }

  static ListedSource source(List<Path> corpus) throws IOException {
    return Orders.source(Format.JSONL, 1, corpus.toArray(Path[]::new));
  }

  private static CleanOrder cleanOrder(Orders orders, ListedSource source) throws IOException {
    return orders.clean(orders.corpus(source), Orders.cleaning("{\"validation\":0.1}"));
  }

  /** Sums of all files of documents, tokenizer and tokens. */
  static Map<String, String> make(EngineProcesses engines, Orders orders, List<Path> corpus)
      throws Exception {
    return make(engines, orders, source(corpus));
  }

  static Map<String, String> make(EngineProcesses engines, Orders orders, ListedSource source)
      throws Exception {
    CleanOrder clean = cleanOrder(orders, source);
    DocumentsRef documents = engines.done("clean", clean, DocumentsRef.class);
    TokenizerRef tokenizer =
        engines.done("learn", orders.learn(documents, SMALL), TokenizerRef.class);
    TokensRef tokens =
        engines.done(
            "tokenize",
            orders.tokenize(clean.corpus(), documents, tokenizer, new TokensSpec(32)),
            TokensRef.class);
    assertThat(tokens.tokens()).isPositive();
    return sums(orders);
  }

  /** Sums of all files but manifests, by their keys. */
  static Map<String, String> sums(Orders orders) throws IOException {
    Map<String, String> sums = new TreeMap<>();
    try (ArtifactStore store = Stores.open(orders.store())) {
      for (String folder :
          List.of(
              Segment.FOLDER,
              Stage.DOCUMENTS.folder(),
              Stage.TOKENIZER.folder(),
              Stage.TOKENS.folder())) {
        for (String key : store.list(folder + "/")) {
          if (!key.endsWith("/manifest.json")) {
            sums.put(key, Artifacts.sum(store, key));
          }
        }
      }
    }
    return sums;
  }
}
