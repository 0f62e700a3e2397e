package dev.rootstock.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rootstock.contract.PretrainSpec.Attention;
import dev.rootstock.contract.TokensRef;
import dev.rootstock.contract.engine.Hopeless;
import dev.rootstock.training.backend.Batch;
import dev.rootstock.training.data.TokenBatches;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenBatchesTest {
  private static final int BATCH = 4;

  @TempDir private Path temporary;
  private TinyWorld world;

  @BeforeEach
  void makeWorld() throws IOException {
    world = new TinyWorld(temporary.resolve("store"));
  }

  private TokenBatches open(long seed) throws IOException {
    return open(seed, Attention.ACROSS_DOCUMENTS);
  }

  private TokenBatches open(long seed, Attention attention) throws IOException {
    return TokenBatches.open(world.store, world.tokens, 257, BATCH, seed, attention);
  }

  @Test
  void anEpochTakesEveryRowOnceAndTheNextInAnotherOrder() throws IOException {
    try (TokenBatches batches = open(7)) {
      List<Long> rows = new ArrayList<>();
      for (long step = 0; step * BATCH < 2 * batches.rows(); step++) {
        rows.addAll(batches.rowsOf(step));
      }
      int epoch = (int) batches.rows();

      assertThat(batches.rows()).isEqualTo(world.tokens.rows());
      assertThat(rows.subList(0, epoch))
          .containsExactlyInAnyOrderElementsOf(LongStream.range(0, epoch).boxed().toList());
      assertThat(rows.subList(epoch, 2 * epoch))
          .containsExactlyInAnyOrderElementsOf(LongStream.range(0, epoch).boxed().toList())
          .isNotEqualTo(rows.subList(0, epoch));
    }
  }

  @Test
  void aStepIsTheSameWhereverOneComesFrom() throws IOException {
    try (TokenBatches one = open(7);
        TokenBatches other = open(7);
        TokenBatches reseeded = open(8)) {
      for (long step = 0; step < 30; step++) {
        one.of(step);
      }
      assertThat(one.of(30).get(0).ids()).isEqualTo(other.of(30).get(0).ids());
      assertThat(one.rowsOf(30)).isNotEqualTo(reseeded.rowsOf(30));
    }
  }

  @Test
  void aDescendantTakesEveryNewRowOnceAndRepeatsTheShareAskedFor() throws IOException {
    TokensRef more = world.moreTokens();
    try (TokenBatches old = open(7);
        TokenBatches batches = descending(more, 0.25)) {
      long fresh = more.rows() - world.tokens.rows();
      List<Long> rows = new ArrayList<>();
      for (long step = 0; rows.size() < 2 * fresh; step++) {
        rows.addAll(batches.rowsOf(step));
      }
      List<Long> repeated = rows.stream().filter(row -> row >= fresh).toList();

      assertThat(batches.rows()).isEqualTo(fresh);
      assertThat(repeated)
          .hasSize(rows.size() / 4)
          .doesNotHaveDuplicates()
          .allMatch(row -> row < fresh + old.rows());
      assertThat(rows.stream().filter(row -> row < fresh).limit(fresh).toList())
          .containsExactlyInAnyOrderElementsOf(LongStream.range(0, fresh).boxed().toList());
      assertThat(batches.freshRows(8)).isEqualTo(6);
    }
  }

  @Test
  void aDescendantsRowsAreThoseOfTheShardsTheyLieIn() throws IOException {
    TokensRef more = world.moreTokens();
    try (TokenBatches old = open(7);
        TokenBatches all =
            TokenBatches.open(world.store, more, 257, BATCH, 7, Attention.ACROSS_DOCUMENTS);
        TokenBatches news = descending(more, 0);
        TokenBatches mixed = descending(more, 0.5)) {
      List<List<Integer>> before = texts(old, old.rows());
      List<List<Integer>> fresh = texts(news, news.rows());

      assertThat(texts(all, all.rows()))
          .containsExactlyInAnyOrderElementsOf(
              Stream.concat(before.stream(), fresh.stream()).toList());
      int index = 0;
      for (List<Integer> row : texts(mixed, 2 * news.rows()).subList(0, (int) news.rows())) {
        assertThat(index++ % 2 == 1 ? before : fresh).contains(row);
      }
    }
  }

  @Test
  void refusesToGoOnWhereNothingIsNew() {
    assertThatThrownBy(() -> descending(world.tokens, 0.25))
        .isInstanceOf(Hopeless.class)
        .hasMessageContaining("no row that the base was not grown on already");
  }

  private TokenBatches descending(TokensRef tokens, double replay) throws IOException {
    return TokenBatches.descending(
        world.store,
        tokens,
        Optional.of(world.tokens),
        replay,
        257,
        BATCH,
        7,
        Attention.ACROSS_DOCUMENTS);
  }

  private static List<List<Integer>> texts(TokenBatches batches, long rows) throws IOException {
    List<List<Integer>> texts = new ArrayList<>();
    for (long step = 0; texts.size() < rows; step++) {
      for (Batch part : batches.of(step)) {
        List<Integer> ids = IntStream.of(part.ids()).boxed().toList();
        for (int row = 0; row < part.rows(); row++) {
          texts.add(ids.subList(row * part.time(), (row + 1) * part.time()));
        }
      }
    }
    return texts.subList(0, (int) rows);
  }

  @Test
  void targetsAreTheNextTokensAndFillingIsNotLearned() throws IOException {
    try (TokenBatches batches = open(7)) {
      long predicted = 0;
      for (List<Long> rows : batches.validationRows()) {
        Batch batch = batches.validation(rows);
        predicted += batch.predicted();
        for (int i = 0; i + 1 < batch.ids().length; i++) {
          boolean inside = (i + 1) % batch.time() != 0 && batch.targets()[i] != Batch.IGNORED;
          if (inside) {
            assertThat(batch.targets()[i]).isEqualTo(batch.ids()[i + 1]);
          }
        }
      }
      // every byte but the first, and the end of text after the last
      assertThat(predicted).isEqualTo(world.tokens.validationBytes());
    }
  }

  @Test
  void withinDocumentsAPositionSeesFromTheEndOfTextBeforeItsOwn() throws IOException {
    int newline = TinyWorld.TOKENIZER.encode("\n")[0];
    try (TokenBatches across = open(7);
        TokenBatches within = open(7, Attention.WITHIN_DOCUMENTS)) {
      Batch whole = across.of(2).get(0);
      Batch batch = within.of(2).get(0);
      int documents = 0;
      for (int i = 0; i < batch.ids().length; i++) {
        int t = i % batch.time();
        boolean ends = batch.ids()[i] == newline && t > 0;
        int due = t == 0 ? 0 : ends ? t : batch.begins()[i - 1];
        assertThat(batch.begins()[i]).isEqualTo(due);
        documents += ends ? 1 : 0;
      }
      assertThat(documents).isPositive();
      assertThat(whole.begins()).containsOnly(0);
      assertThat(whole.ids()).isEqualTo(batch.ids());
      assertThat(whole.targets()).isEqualTo(batch.targets());
    }
  }

  @Test
  void refusesShardsOfAnotherVocabulary() {
    assertThatThrownBy(
            () ->
                TokenBatches.open(
                    world.store, world.tokens, 300, BATCH, 1, Attention.ACROSS_DOCUMENTS))
        .isInstanceOfSatisfying(
            Hopeless.class, hopeless -> assertThat(hopeless.kind()).isEqualTo("CorruptStore"))
        .hasMessageContaining("rootstock.vocabulary 257; this training needs 300");
  }
}
