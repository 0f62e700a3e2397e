package dev.rootstock.training.bench;

import dev.rootstock.contract.InvalidConfig;
import dev.rootstock.contract.Problem;
import dev.rootstock.contract.TokenizerSpec.PreTokenizer;
import dev.rootstock.contract.engine.TrainBenchOrder;
import dev.rootstock.contract.tokenizer.BytePairTokenizer;
import dev.rootstock.training.backend.Batch;
import dev.rootstock.training.data.Permutation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;

/**
 * Rows of real text. Documents follow one another, each with its end-of-text token, and are cut
 * where a row is full; rows are drawn in a new order each epoch. One document in ten, chosen by its
 * bytes, is held out.
 */
final class TextRows implements BenchRows {
  private static final int DOCUMENT = 2_000; // characters of whole paragraphs, at least
  private static final int HELD_OUT = 10; // one of so many

  private final int context;
  private final long seed;
  private final int[] training;
  private final int[] held;
  private final long heldBytes;

  private TextRows(int context, long seed, int[] training, int[] held, long heldBytes) {
    this.context = context;
    this.seed = seed;
    this.training = training;
    this.held = held;
    this.heldBytes = heldBytes;
  }

  /** The tokenizer of an order: the file it names, else bytes. */
  static BytePairTokenizer tokenizer(TrainBenchOrder.Text text) throws IOException {
    return text.tokenizer().isPresent()
        ? BytePairTokenizer.read(Files.readAllBytes(Path.of(text.tokenizer().get())))
        : BytePairTokenizer.learned(PreTokenizer.GPT2, List.of());
  }

  /**
   * Reads an order's text.
   *
   * @throws InvalidConfig if there is too little of it
   */
  static TextRows read(
      TrainBenchOrder.Text text, BytePairTokenizer tokenizer, int context, long seed)
      throws IOException {
    List<int[]> training = new ArrayList<>();
    List<int[]> held = new ArrayList<>();
    long heldBytes = 0;
    for (String file : text.files()) {
      for (String document : documents(Files.readString(Path.of(file)))) {
        byte[] bytes = document.getBytes(StandardCharsets.UTF_8);
        boolean out = isHeldOut(bytes);
        heldBytes += out ? bytes.length : 0;
        (out ? held : training).add(ended(tokenizer.encode(document), tokenizer.endOfText()));
      }
    }
    TextRows rows = new TextRows(context, seed, joined(training), joined(held), heldBytes);
    if (rows.rows() == 0 || rows.held.length < 2) {
      throw new InvalidConfig(
          Problem.of(
              "text",
              rows.training.length + " tokens to learn from, " + rows.held.length + " held out",
              "more than a row of "
                  + context
                  + " and some documents of "
                  + DOCUMENT
                  + " characters"));
    }
    return rows;
  }

  static List<String> documents(String text) {
    List<String> documents = new ArrayList<>();
    StringBuilder document = new StringBuilder();
    for (String paragraph : text.split("\\R\\s*\\R")) {
      document.append(document.length() == 0 ? "" : "\n\n").append(paragraph);
      if (document.length() >= DOCUMENT) {
        documents.add(document.toString());
        document.setLength(0);
      }
    }
    if (!document.toString().isBlank()) {
      documents.add(document.toString());
    }
    return documents;
  }

  static boolean isHeldOut(byte[] document) {
    CRC32 sum = new CRC32();
    sum.update(document);
    return sum.getValue() % HELD_OUT == 0;
  }

  private static int[] ended(int[] ids, int end) {
    int[] whole = Arrays.copyOf(ids, ids.length + 1);
    whole[ids.length] = end;
    return whole;
  }

  private static int[] joined(List<int[]> documents) {
    return documents.stream().flatMapToInt(Arrays::stream).toArray();
  }

  /** Rows of an epoch; neighbours share the id that the one ends and the other begins with. */
  long rows() {
    return (training.length - 1) / context;
  }

  @Override
  public int[] row(long number) {
    long place = new Permutation(rows(), seed, number / rows()).at(number % rows());
    int from = Math.toIntExact(place * context);
    return Arrays.copyOfRange(training, from, from + context + 1);
  }

  @Override
  public List<int[]> heldOut() {
    List<int[]> rows = new ArrayList<>();
    for (int from = 0; from + 1 < held.length; from += context) {
      int[] row = new int[context + 1];
      Arrays.fill(row, Batch.IGNORED);
      int filled = Math.min(row.length, held.length - from);
      System.arraycopy(held, from, row, 0, filled);
      rows.add(row);
    }
    return rows;
  }

  @Override
  public long heldOutBytes() {
    return heldBytes;
  }
}
