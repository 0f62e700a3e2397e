package dev.rootstock.preprocess.bench;

import dev.rootstock.contract.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/**
 * A made-up corpus whose words are as common, as long and as new as those of a real one: words by
 * Zipf's law, now and then one that was never seen, lengths of documents log-normal, one document
 * in twenty a copy, one in thirty too short. The same bytes for the same size.
 */
final class BenchCorpus {
  private static final int FILES = 16;
  private static final int WORDS = 150_000;
  private static final double SHIFT = 2.7; // Mandelbrot's: the commonest words are less common
  private static final int RECENT = 4_096; // documents that may be copied

  private static final String[] ONSETS =
      "t s r n d l m c p b f h g w v k j y th st sh ch tr pr gr br cl pl fl dr bl sp qu sc str z"
          .split(" ");
  private static final String[] VOWELS = "e a o i u ea ou ai ee oo ie".split(" ");
  private static final String[] CODAS = " n r s t d l m ng nt st ck ll th rd ss".split(" ", -1);

  private final Random random;
  private final String[] words;
  private final double[] reach; // cumulated share of the words up to this rank
  private final List<String> recent = new ArrayList<>();

  private BenchCorpus(long seed, String[] words, double[] reach) {
    this.random = new Random(seed);
    this.words = words;
    this.reach = reach;
  }

  /**
   * Writes a corpus.
   *
   * @param bytes about which it has
   */
  static List<Path> write(Path folder, long bytes) throws IOException {
    Files.createDirectories(folder);
    Random random = new Random(1);
    String[] words = new String[WORDS];
    double[] reach = new double[WORDS];
    double sum = 0;
    for (int rank = 0; rank < WORDS; rank++) {
      words[rank] = word(random, syllables(rank));
      sum += 1 / (rank + SHIFT);
      reach[rank] = sum;
    }
    for (int rank = 0; rank < WORDS; rank++) {
      reach[rank] /= sum;
    }
    List<Path> files = new ArrayList<>();
    for (int file = 0; file < FILES; file++) {
      Path path = folder.resolve(String.format(Locale.ROOT, "bench-%02d.jsonl", file));
      new BenchCorpus(file, words, reach).write(path, bytes / FILES, file);
      files.add(path);
    }
    return files;
  }

  /** Common words are short ones. */
  private static int syllables(int rank) {
    return 1 + (int) (Math.log10(1 + rank) / 1.7);
  }

  private static String word(Random random, int syllables) {
    StringBuilder word = new StringBuilder();
    for (int i = 0; i < syllables; i++) {
      word.append(pick(random, ONSETS)).append(pick(random, VOWELS));
    }
    return word.append(pick(random, CODAS)).toString();
  }

  private static String pick(Random random, String[] parts) {
    double share = random.nextDouble();
    return parts[(int) (share * share * parts.length)]; // the first ones more often
  }

  private void write(Path path, long bytes, int file) throws IOException {
    long written = 0;
    try (OutputStream out = Files.newOutputStream(path)) {
      for (int line = 0; written < bytes; line++) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("text", text());
        object.put("url", "https://example.org/" + file + "/" + line);
        byte[] record = (Json.line(object) + "\n").getBytes(StandardCharsets.UTF_8);
        out.write(record);
        written += record.length;
      }
    }
  }

  private String text() {
    int kind = random.nextInt(60);
    if (kind < 3 && !recent.isEmpty()) {
      return recent.get(random.nextInt(recent.size()));
    }
    if (kind < 5) {
      return sentence();
    }
    int characters = (int) Math.min(200_000, 1_500 * Math.exp(0.9 * random.nextGaussian()));
    StringBuilder text = new StringBuilder(sentence());
    while (text.length() < Math.max(300, characters)) {
      text.append(random.nextInt(6) == 0 ? "\n\n" : " ").append(sentence());
    }
    if (recent.size() < RECENT) {
      recent.add(text.toString());
    } else {
      recent.set(random.nextInt(RECENT), text.toString());
    }
    return text.toString();
  }

  private String sentence() {
    int length = 4 + random.nextInt(18);
    StringBuilder sentence = new StringBuilder();
    for (int i = 0; i < length; i++) {
      String word = next();
      sentence.append(
          i == 0 ? word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1) : word);
      sentence.append(
          i == length - 1
              ? (random.nextInt(9) == 0 ? "?" : ".")
              : random.nextInt(11) == 0 ? ", " : " ");
    }
    return sentence.toString();
  }

  private String next() {
    int kind = random.nextInt(100);
    if (kind == 0) {
      return String.valueOf(random.nextInt(kind % 2 == 0 ? 2_100 : 100));
    }
    if (kind == 1) {
      return word(random, 2 + random.nextInt(3)); // mostly never seen
    }
    if (kind == 2) {
      String name = word(random, 2);
      return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
    }
    int place = java.util.Arrays.binarySearch(reach, random.nextDouble());
    return words[Math.min(WORDS - 1, place < 0 ? -place - 1 : place)];
  }
}
