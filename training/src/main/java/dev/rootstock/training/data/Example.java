package dev.rootstock.training.data;

import dev.rootstock.training.backend.Batch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Token ids of which some are to be learned.
 *
 * @param ids at most context + 1, for the last of them is only ever predicted
 * @param learned which ids are predicted; the first never is
 */
public record Example(int[] ids, boolean[] learned) {
  private static final int STEP =
      8; // batches are this much alike in length, so that fewer shapes come up

  public Example {
    if (learned.length != ids.length || learned[0] || count(learned) == 0) {
      throw new IllegalArgumentException(
          "an example of "
              + ids.length
              + " ids of which "
              + count(learned)
              + " are learned; it must be at least one, and not the first");
    }
  }

  /** All ids from one on are learned. */
  public Example(int[] ids, int answerFrom) {
    this(ids, from(answerFrom, ids.length));
  }

  private static boolean[] from(int answerFrom, int length) {
    boolean[] learned = new boolean[length];
    Arrays.fill(learned, Math.min(answerFrom, length), length, true);
    return learned;
  }

  private static int count(boolean[] learned) {
    int count = 0;
    for (boolean each : learned) {
      count += each ? 1 : 0;
    }
    return count;
  }

  /** Ids that are predicted. */
  public int answers() {
    return count(learned);
  }

  /** Positions it takes of a row. */
  int positions() {
    return ids.length - 1;
  }

  /**
   * A batch padded to its longest row, on the right, where causal attention never looks.
   *
   * @param context most positions a row may have
   */
  public static Batch batch(List<Example> examples, int context) {
    return rows(examples.stream().map(List::of).toList(), context);
  }

  /**
   * Examples by the rows they share: the longest is placed first, each into the first row with room
   * for it.
   *
   * @param context positions of a row
   */
  public static List<List<Example>> packed(List<Example> examples, int context) {
    List<Example> falling =
        IntStream.range(0, examples.size())
            .boxed()
            .sorted(Comparator.comparingInt((Integer i) -> -examples.get(i).positions()))
            .map(examples::get)
            .toList();
    List<List<Example>> rows = new ArrayList<>();
    for (Example example : falling) {
      List<Example> row =
          rows.stream()
              .filter(open -> taken(open) + example.positions() <= context)
              .findFirst()
              .orElseGet(
                  () -> {
                    rows.add(new ArrayList<>());
                    return rows.get(rows.size() - 1);
                  });
      row.add(example);
    }
    return rows;
  }

  private static int taken(List<Example> row) {
    return row.stream().mapToInt(Example::positions).sum();
  }

  /** A batch of rows of examples one after another, each of which sees itself alone. */
  public static Batch rows(List<List<Example>> rows, int context) {
    int longest = rows.stream().mapToInt(Example::taken).max().orElseThrow();
    int time = Math.min(context, (longest + STEP - 1) / STEP * STEP);
    int[] ids = new int[rows.size() * time];
    int[] targets = new int[ids.length];
    int[] begins = new int[ids.length];
    Arrays.fill(targets, Batch.IGNORED);
    for (int row = 0; row < rows.size(); row++) {
      int at = 0;
      for (Example example : rows.get(row)) {
        int place = row * time + at;
        System.arraycopy(example.ids, 0, ids, place, example.positions());
        for (int i = 1; i < example.ids.length; i++) {
          targets[place + i - 1] = example.learned[i] ? example.ids[i] : Batch.IGNORED;
        }
        Arrays.fill(begins, place, (row + 1) * time, at); // filling behind belongs to the last
        at += example.positions();
      }
    }
    return new Batch(ids, targets, begins, rows.size(), time);
  }
}
