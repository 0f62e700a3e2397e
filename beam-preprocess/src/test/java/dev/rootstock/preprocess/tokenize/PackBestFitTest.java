package dev.rootstock.preprocess.tokenize;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootstock.contract.TokensSpec.Packing;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.Test;

class PackBestFitTest {
  private static final int END = 0;

  private final List<PackedRow> rows = new ArrayList<>();

  private Packer pack(int context, List<int[]> documents) throws IOException {
    rows.clear();
    Packer packer = Packer.of(Packing.BEST_FIT, context, END, rows::add);
    for (int[] document : documents) {
      packer.add(document);
    }
    packer.finish();
    return packer;
  }

  /** A document whose tokens tell which it is and where one stands. */
  private static int[] document(int number, int length) {
    int[] ids = new int[length];
    Arrays.setAll(ids, i -> 1 + number * 10_000 + i);
    return ids;
  }

  private static List<int[]> documents(int count, IntSupplier length) {
    List<int[]> documents = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      documents.add(document(i, length.getAsInt()));
    }
    return documents;
  }

  /** What a row predicts: the token it predicts from, and the token. */
  private static List<List<Integer>> predictions(PackedRow row) {
    List<List<Integer>> pairs = new ArrayList<>();
    for (int i = 1; i < row.length(); i++) {
      if (!row.resumes().contains(i)) {
        pairs.add(List.of(row.tokens()[i - 1], row.tokens()[i]));
      }
    }
    return pairs;
  }

  @Test
  void everyTokenIsPredictedOnceAndFromTheOneBeforeIt() throws IOException {
    Random random = new Random(4);
    for (int round = 0; round < 300; round++) {
      int context = 8 + random.nextInt(40);
      int longest = 1 + random.nextInt(4 * context);
      List<int[]> documents = documents(1 + random.nextInt(40), () -> random.nextInt(longest));
      Packer packer = pack(context, documents);

      List<List<Integer>> wanted = new ArrayList<>();
      for (int[] document : documents) {
        int before = END;
        for (int id : document) {
          wanted.add(List.of(before, id));
          before = id;
        }
        wanted.add(List.of(before, END));
      }
      List<List<Integer>> found = new ArrayList<>();
      rows.forEach(row -> found.addAll(predictions(row)));
      assertThat(found).containsExactlyInAnyOrderElementsOf(wanted);
      assertThat(packer.predicted()).isEqualTo(wanted.size());
      assertThat(packer.rows()).isEqualTo(rows.size());
    }
  }

  @Test
  void aDocumentThatFitsIsNeverCutAndItsStartIsNamed() throws IOException {
    Random random = new Random(5);
    List<int[]> documents = documents(400, () -> random.nextInt(90));
    pack(64, documents);
    for (PackedRow row : rows) {
      for (int start : row.starts()) {
        assertThat(row.tokens()[start - 1]).isEqualTo(END);
        int id = row.tokens()[start];
        int[] document = id == END ? new int[0] : documents.get((id - 1) / 10_000);
        if (document.length < 64) {
          assertThat(Arrays.copyOfRange(row.tokens(), start, start + document.length))
              .isEqualTo(document);
        }
      }
      for (int resume : row.resumes()) {
        assertThat(documents.get((row.tokens()[resume] - 1) / 10_000)).hasSizeGreaterThan(63);
      }
    }
    long starts = rows.stream().mapToLong(row -> row.starts().size()).sum();
    assertThat(starts).isEqualTo(400);
  }

  @Test
  void whatFitsTogetherShares() throws IOException {
    pack(10, List.of(document(0, 3), document(1, 6), document(2, 5), document(3, 2)));

    assertThat(rows).hasSize(2).allMatch(row -> row.length() >= 10);
    assertThat(rows).extracting(PackedRow::starts).containsExactly(List.of(1, 8), List.of(1, 7));
    assertThat(rows).extracting(PackedRow::firstDocument).containsExactly(1L, 2L);
  }

  @Test
  void theEndOfALongDocumentSharesARowAfterATokenOfContext() throws IOException {
    pack(8, List.of(document(0, 10), document(1, 3)));

    assertThat(rows).hasSize(2);
    assertThat(rows.get(0).tokens()).startsWith(END, 1, 2).endsWith(8);
    assertThat(rows.get(1).tokens()).containsExactly(END, 10001, 10002, 10003, END, 8, 9, 10, END);
    assertThat(rows.get(1).resumes()).containsExactly(5);
    assertThat(rows.get(1).length()).isEqualTo(9);
  }

  @Test
  void wastesLittleWhateverTheDocumentsAreLike() throws IOException {
    Random random = new Random(6);
    for (int context : new int[] {256, 1024, 2048}) {
      List<int[]> articles =
          documents(120, () -> (int) Math.exp(Math.log(3_000) + random.nextGaussian()));
      assertThat(waste(context, pack(context, articles))).isLessThan(0.01);
      List<int[]> mixed =
          documents(3_000, () -> (int) Math.exp(Math.log(150) + 1.2 * random.nextGaussian()));
      assertThat(waste(context, pack(context, mixed))).isLessThan(0.01);
    }
  }

  private static double waste(int context, Packer packer) {
    return 1 - packer.predicted() / (double) (packer.rows() * context);
  }
}
