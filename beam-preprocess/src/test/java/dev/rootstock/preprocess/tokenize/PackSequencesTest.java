package dev.rootstock.preprocess.tokenize;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PackSequencesTest {
  private static final int END = 0;

  private final List<PackedRow> rows = new ArrayList<>();

  @Test
  void rowsShareATokenAndTellWhereDocumentsBegin() throws IOException {
    PackSequences packing = new PackSequences(3, END, rows::add);
    packing.add(new int[] {11, 12, 13});
    packing.add(new int[] {21});
    packing.add(new int[] {31, 32});

    packing.finish();

    assertThat(rows).allMatch(row -> row.length() == 4);
    assertThat(rows)
        .extracting(
            row -> List.of(row.tokens()[0], row.tokens()[1], row.tokens()[2], row.tokens()[3]))
        .containsExactly(
            List.of(END, 11, 12, 13), List.of(13, END, 21, END), List.of(END, 31, 32, END));
    assertThat(rows)
        .extracting(PackedRow::starts)
        .containsExactly(List.of(1), List.of(2), List.of(1));
    assertThat(rows).extracting(PackedRow::firstDocument).containsExactly(0L, 0L, 1L);
  }

  @Test
  void aDocumentThatBeginsAtTheSharedTokenIsNamedInBothRows() throws IOException {
    PackSequences packing = new PackSequences(3, END, rows::add);
    packing.add(new int[] {11});
    packing.add(new int[] {21, 22});

    packing.finish();

    assertThat(rows).extracting(PackedRow::length).containsExactly(4, 3);
    assertThat(rows).extracting(PackedRow::starts).containsExactly(List.of(1, 3), List.of(0));
    assertThat(rows).extracting(PackedRow::firstDocument).containsExactly(0L, 1L);
  }

  @Test
  void predictsEveryTokenOnce() throws IOException {
    Random random = new Random(3);
    for (int round = 0; round < 200; round++) {
      rows.clear();
      int context = 1 + random.nextInt(9);
      PackSequences packing = new PackSequences(context, END, rows::add);
      List<Integer> wanted = new ArrayList<>();
      for (int document = random.nextInt(6); document >= 0; document--) {
        int[] ids = random.ints(random.nextInt(12), 1, 100).toArray();
        packing.add(ids);
        for (int id : ids) {
          wanted.add(id);
        }
        wanted.add(END);
      }
      packing.finish();
      int filling = context + 1 - rows.get(rows.size() - 1).length();

      List<Integer> predicted = new ArrayList<>();
      for (PackedRow row : rows) {
        for (int i = 1; i <= context; i++) {
          predicted.add(row.tokens()[i]);
        }
      }
      assertThat(predicted.subList(0, predicted.size() - filling)).isEqualTo(wanted);
      assertThat(predicted.subList(predicted.size() - filling, predicted.size()))
          .allMatch(id -> id == END);
      assertThat(packing.predicted()).isEqualTo(wanted.size());
      assertThat(filling).isLessThan(context);
    }
  }
}
