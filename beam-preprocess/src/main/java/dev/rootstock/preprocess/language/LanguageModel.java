package dev.rootstock.preprocess.language;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * OpenNLP's language model (103 languages, a maximum entropy model over n-grams of one to three
 * characters) in flat arrays: the same sums two to three times as fast as by OpenNLP's own reader,
 * for no string is made for an n-gram, and 25 MB of heap instead of 41. Immutable.
 */
final class LanguageModel {
  private static final String FILE = "/langdetect-183.bin"; // of opennlp-models-langdetect, a zip
  private static final String PART = "langdetect.model";
  private static final int LONGEST = 3; // UTF-16 units of an n-gram; the model has no longer ones

  private final String[] tags;
  private final long[] grams; // open addressing; 0 is free
  private final int[] rows; // by slot
  private final int[] starts; // by row
  private final byte[] outcomes;
  private final float[] weights;

  /**
   * Reads a model of kind GIS: languages, patterns of languages, n-grams, weights, in that order.
   */
  private LanguageModel(DataInputStream model) throws IOException {
    if (!model.readUTF().equals("GIS")) {
      throw new IOException(
          FILE + " holds no model of kind GIS; use opennlp-models-langdetect 1.2.0");
    }
    model.readInt(); // a correction that is used no more
    model.readDouble();
    tags = new String[model.readInt()];
    for (int i = 0; i < tags.length; i++) {
      tags[i] = Tags.of(model.readUTF());
    }
    int[][] patterns = new int[model.readInt()][]; // how many n-grams, then the languages they have
    for (int i = 0; i < patterns.length; i++) {
      patterns[i] =
          Stream.of(model.readUTF().strip().split(" ")).mapToInt(Integer::parseInt).toArray();
    }
    int count = model.readInt();
    int slots = Integer.highestOneBit(count) << 2;
    grams = new long[slots];
    rows = new int[slots];
    for (int row = 0; row < count; row++) {
      long gram = packed(model.readUTF());
      int slot = slot(grams, gram);
      grams[slot] = gram;
      rows[slot] = row;
    }
    starts = new int[count + 1];
    int all = Stream.of(patterns).mapToInt(pattern -> pattern[0] * (pattern.length - 1)).sum();
    outcomes = new byte[all];
    weights = new float[all];
    int row = 0;
    int next = 0;
    for (int[] pattern : patterns) {
      for (int gram = 0; gram < pattern[0]; gram++) {
        for (int i = 1; i < pattern.length; i++) {
          outcomes[next] = (byte) pattern[i];
          weights[next++] = (float) model.readDouble();
        }
        starts[++row] = next;
      }
    }
  }

  private static long packed(String gram) {
    long packed = 0;
    for (int i = 0; i < gram.length(); i++) {
      packed = packed << Character.SIZE | gram.charAt(i);
    }
    return packed;
  }

  static LanguageModel load() {
    try (InputStream file = LanguageModel.class.getResourceAsStream(FILE)) {
      if (file == null) {
        throw new IllegalStateException(
            FILE + " is missing from the class path; opennlp-models-langdetect brings it");
      }
      ZipInputStream parts = new ZipInputStream(file);
      for (ZipEntry part = parts.getNextEntry(); part != null; part = parts.getNextEntry()) {
        if (part.getName().equals(PART)) {
          return new LanguageModel(new DataInputStream(new BufferedInputStream(parts)));
        }
      }
      throw new IOException(FILE + " holds no " + PART);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  String[] tags() {
    return tags.clone();
  }

  /** Log-likelihood of each language, but for a common term; every n-gram counts once. */
  float[] weigh(String text) {
    float[] sums = new float[tags.length];
    long[] seen = new long[Integer.highestOneBit(Math.max(1, text.length() * LONGEST)) << 2];
    for (int from = 0; from < text.length(); from++) {
      long gram = 0;
      for (int to = from; to < Math.min(text.length(), from + LONGEST); to++) {
        gram = gram << Character.SIZE | text.charAt(to);
        int mine = slot(seen, gram);
        if (seen[mine] == 0) {
          seen[mine] = gram;
          int slot = slot(grams, gram);
          if (grams[slot] == gram) {
            add(rows[slot], sums);
          }
        }
      }
    }
    return sums;
  }

  private void add(int row, float[] sums) {
    for (int i = starts[row]; i < starts[row + 1]; i++) {
      sums[outcomes[i]] += weights[i];
    }
  }

  private static int slot(long[] table, long gram) {
    long hash = gram * 0x9E3779B97F4A7C15L;
    int slot = (int) (hash >>> 33) & (table.length - 1);
    while (table[slot] != 0 && table[slot] != gram) {
      slot = (slot + 1) & (table.length - 1);
    }
    return slot;
  }
}
