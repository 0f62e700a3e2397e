package dev.rootstock.preprocess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rootstock.contract.CorpusRef;
import dev.rootstock.contract.CorpusSpec.Format;
import dev.rootstock.contract.DocumentsRef;
import dev.rootstock.contract.RunnerSpec;
import dev.rootstock.contract.TokenizerRef;
import dev.rootstock.contract.TokenizerSpec;
import dev.rootstock.contract.TokensRef;
import dev.rootstock.contract.TokensSpec;
import dev.rootstock.contract.engine.ProgressLog;
import dev.rootstock.contract.engine.Stop;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Wikipedia articles and Shakespeare, where they are there. */
class RealTextIT {
  private static Path data(String name) {
    for (Path up = Path.of("").toAbsolutePath(); up != null; up = up.getParent()) {
      Path found = up.resolve("shared/data").resolve(name);
      if (Files.exists(found)) {
        return found;
      }
    }
    assumeTrue(false, "skipped: no shared/data/" + name + " above this folder");
    return Path.of(name);
  }

  @Test
  void goesThroughAllThreeVerbs(@TempDir Path folder) throws Exception {
    Orders orders = new Orders(folder.resolve("store"), RunnerSpec.LOCAL, 2);
    CorpusRef corpus =
        orders.corpus(
            Orders.source(
                Format.AUTO, 1, data("wikitext-2/valid.txt"), data("wikitext-2/test.txt")),
            Orders.source(Format.AUTO, 1, data("shakespeare/input.txt")));
    try (ProgressLog progress =
        new ProgressLog(new PrintStream(System.err), Duration.ofSeconds(10))) {
      DocumentsRef documents =
          new CleanVerb()
              .carryOut(orders.clean(corpus, Orders.cleaning("{}")), progress, new Stop());
      TokenizerRef tokenizer =
          new LearnVerb()
              .carryOut(
                  orders.learn(documents, new TokenizerSpec(4096, TokenizerSpec.PreTokenizer.GPT2)),
                  progress,
                  new Stop());
      TokensRef tokens =
          new TokenizeVerb()
              .carryOut(
                  orders.tokenize(corpus, documents, tokenizer, new TokensSpec(256)),
                  progress,
                  new Stop());

      assertThat(documents.documents())
          .isBetween(300L, 600L); // about 120 articles, and Shakespeare in pieces of 4 kB
      assertThat(documents.bytes()).isGreaterThan(corpus.bytes() * 98 / 100);
      assertThat(tokenizer.vocabulary()).isEqualTo(4096);
      assertThat(tokenizer.bytesPerToken()).isBetween(2.8, 4.5);
      assertThat(tokens.validationTokens()).isBetween(tokens.tokens() / 50, tokens.tokens() / 8);
      double heldOutBytesPerToken = (double) tokens.validationBytes() / tokens.validationTokens();
      assertThat(heldOutBytesPerToken).isBetween(2.5, tokenizer.bytesPerToken() * 1.1);
    }
  }
}
