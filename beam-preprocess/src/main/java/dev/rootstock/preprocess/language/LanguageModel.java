package dev.rootstock.preprocess.language;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Map;
import opennlp.tools.langdetect.LanguageDetectorModel;
import opennlp.tools.ml.model.AbstractModel;
import opennlp.tools.ml.model.Context;

/**
 * OpenNLP's language model (103 languages, a maximum entropy model over n-grams of one to three
 * characters) in flat arrays: the same sums two to three times as fast, for no string is made for
 * an n-gram, in arrays of 13 MB. Immutable.
 */
final class LanguageModel {
  private static final String FILE = "/langdetect-183.bin"; // of opennlp-models-langdetect
  private static final int LONGEST = 3; // UTF-16 units of an n-gram; the model has no longer ones

  private final String[] tags;
  private final long[] grams; // open addressing; 0 is free
  private final int[] rows; // by slot
  private final int[] starts; // by row
  private final byte[] outcomes;
  private final float[] weights;

  private LanguageModel(AbstractModel model, Map<String, Context> contexts) {
    tags = new String[model.getNumOutcomes()];
    Arrays.setAll(tags, i -> Tags.of(model.getOutcome(i)));
    int slots = Integer.highestOneBit(contexts.size()) << 2;
    grams = new long[slots];
    rows = new int[slots];
    starts = new int[contexts.size() + 1];
    int all = contexts.values().stream().mapToInt(context -> context.getOutcomes().length).sum();
    outcomes = new byte[all];
    weights = new float[all];
    int row = 0;
    int next = 0;
    for (Map.Entry<String, Context> entry : contexts.entrySet()) {
      long gram = 0;
      for (int i = 0; i < entry.getKey().length(); i++) {
        gram = gram << Character.SIZE | entry.getKey().charAt(i);
      }
      int slot = slot(grams, gram);
      grams[slot] = gram;
      rows[slot] = row;
      starts[row++] = next;
      Context context = entry.getValue();
      for (int i = 0; i < context.getOutcomes().length; i++) {
        outcomes[next] = (byte) context.getOutcomes()[i];
        weights[next++] = (float) context.getParameters()[i];
      }
    }
    starts[row] = next;
  }

  static LanguageModel load() {
    try (InputStream file = LanguageModel.class.getResourceAsStream(FILE)) {
      if (file == null) {
        throw new IllegalStateException(
            FILE + " is missing from the class path; opennlp-models-langdetect brings it");
      }
      AbstractModel model = (AbstractModel) new LanguageDetectorModel(file).getMaxentModel();
      @SuppressWarnings("unchecked") // getDataStructures documents its places
      Map<String, Context> contexts = (Map<String, Context>) model.getDataStructures()[1];
      return new LanguageModel(model, contexts);
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
