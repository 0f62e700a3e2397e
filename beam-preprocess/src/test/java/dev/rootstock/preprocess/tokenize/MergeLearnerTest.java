package dev.rootstock.preprocess.tokenize;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootstock.contract.TokenizerSpec;
import dev.rootstock.contract.TokenizerSpec.PreTokenizer;
import dev.rootstock.contract.tokenizer.BytePairTokenizer;
import dev.rootstock.contract.tokenizer.BytePairTokenizer.Merge;
import dev.rootstock.contract.tokenizer.Pieces;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class MergeLearnerTest {
  private static SortedMap<String, Long> pieces(String text) {
    SortedMap<String, Long> pieces = new TreeMap<>();
    new Pieces(PreTokenizer.GPT2).of(text).forEach(piece -> pieces.merge(piece, 1L, Long::sum));
    return pieces;
  }

  private static TokenizerSpec spec(int vocabulary) {
    return new TokenizerSpec(vocabulary, PreTokenizer.GPT2);
  }

  private static String babble(long seed, int words) {
    Random random = new Random(seed);
    StringBuilder text = new StringBuilder();
    for (int word = 0; word < words; word++) {
      for (int i = random.nextInt(7); i >= 0; i--) {
        text.append(
            random.nextInt(20) == 0
                ? "é"
                : (char) ('a' + (int) Math.abs(random.nextGaussian() * 2) % 6));
      }
      text.append(' ');
    }
    return text.toString();
  }

  /** By the definition: count all pairs anew before each merge. */
  private static List<Merge> slowly(SortedMap<String, Long> pieces, int vocabulary) {
    List<Integer> bytes = BytePairTokenizer.byteOfId();
    Map<List<Integer>, Integer> spelled = new HashMap<>();
    List<List<Integer>> spellings = new ArrayList<>(List.of(List.of()));
    bytes.forEach(value -> spellings.add(List.of(value)));
    for (int id = 1; id < spellings.size(); id++) {
      spelled.put(spellings.get(id), id);
    }
    Map<List<Integer>, Long> words = new HashMap<>();
    pieces.forEach(
        (piece, count) -> {
          List<Integer> word = new ArrayList<>();
          for (byte value : piece.getBytes(StandardCharsets.UTF_8)) {
            word.add(1 + bytes.indexOf(value & 0xff));
          }
          words.merge(word, count, Long::sum);
        });
    List<Merge> merges = new ArrayList<>();
    while (spellings.size() < vocabulary) {
      Map<List<Integer>, Long> pairs = new HashMap<>();
      words.forEach(
          (word, count) -> {
            for (int i = 0; i + 1 < word.size(); i++) {
              pairs.merge(List.of(word.get(i), word.get(i + 1)), count, Long::sum);
            }
          });
      List<Integer> best = null;
      for (List<Integer> pair : pairs.keySet()) {
        if (pairs.get(pair) > 1 && (best == null || before(pair, best, pairs))) {
          best = pair;
        }
      }
      if (best == null) {
        break;
      }
      List<Integer> spelling = new ArrayList<>(spellings.get(best.get(0)));
      spelling.addAll(spellings.get(best.get(1)));
      if (spelled.putIfAbsent(spelling, spellings.size()) == null) {
        spellings.add(spelling);
      }
      Merge merge = new Merge(best.get(0), best.get(1), spelled.get(spelling));
      merges.add(merge);
      Map<List<Integer>, Long> next = new HashMap<>();
      words.forEach((word, count) -> next.merge(apply(merge, word), count, Long::sum));
      words.clear();
      words.putAll(next);
    }
    return merges;
  }

  private static boolean before(
      List<Integer> one, List<Integer> other, Map<List<Integer>, Long> counts) {
    int order = Long.compare(counts.get(other), counts.get(one));
    order = order != 0 ? order : Integer.compare(one.get(0), other.get(0));
    return (order != 0 ? order : Integer.compare(one.get(1), other.get(1))) < 0;
  }

  private static List<Integer> apply(Merge merge, List<Integer> word) {
    List<Integer> merged = new ArrayList<>();
    for (int i = 0; i < word.size(); i++) {
      if (i + 1 < word.size() && word.get(i) == merge.left() && word.get(i + 1) == merge.right()) {
        merged.add(merge.id());
        i++;
      } else {
        merged.add(word.get(i));
      }
    }
    return merged;
  }

  @Test
  void learnsWhatTheDefinitionLearns() {
    for (long seed = 0; seed < 8; seed++) {
      SortedMap<String, Long> pieces = pieces(babble(seed, 400));
      List<Merge> learned = MergeLearner.learn(pieces, spec(360), () -> {});

      assertThat(learned).hasSizeGreaterThan(90).isEqualTo(slowly(pieces, 360));
    }
  }

  @Test
  void theOrderInWhichPiecesComeChangesNothing() {
    List<Map.Entry<String, Long>> pieces = new ArrayList<>(pieces(babble(3, 800)).entrySet());
    List<List<Merge>> learned = new ArrayList<>();
    for (int seed = 0; seed < 4; seed++) {
      Collections.shuffle(pieces, new Random(seed));
      MergeLearner learner = new MergeLearner(spec(420));
      pieces.forEach(piece -> learner.add(piece.getKey(), piece.getValue()));
      learned.add(learner.learn(() -> {}));
    }
    assertThat(learned.get(0)).hasSize(163);
    assertThat(new HashSet<>(learned)).hasSize(1);
  }

  @Test
  void knowsHowManyTokensItsPiecesHaveBecome() {
    SortedMap<String, Long> pieces = pieces(babble(4, 500));
    MergeLearner learner = new MergeLearner(spec(350));
    pieces.forEach(learner::add);
    BytePairTokenizer tokenizer = BytePairTokenizer.learned(spec(350), learner.learn(() -> {}));
    long tokens =
        pieces.entrySet().stream()
            .mapToLong(piece -> piece.getValue() * tokenizer.encode(piece.getKey()).length)
            .sum();

    assertThat(learner.tokens()).isEqualTo(tokens);
  }

  @Test
  void aPieceLongerThanAnyWordIsLeftOut() {
    SortedMap<String, Long> pieces = pieces("ab ab");
    SortedMap<String, Long> more = pieces("ab ab");
    more.put("x".repeat(MergeLearner.LONGEST + 1), 1_000L);

    assertThat(MergeLearner.learn(more, spec(300), () -> {}))
        .isEqualTo(MergeLearner.learn(pieces, spec(300), () -> {}));
  }

  @Test
  void stopsWhereNoPairOccursTwice() {
    List<Merge> merges = MergeLearner.learn(pieces("abc abd"), spec(1_000), () -> {});

    assertThat(merges).hasSize(1).isEqualTo(slowly(pieces("abc abd"), 1_000));
  }

  @Test
  void repeatedLettersAreCountedAsTheyStand() {
    SortedMap<String, Long> pieces = pieces("aaaaaaa aaa aaaa");

    assertThat(MergeLearner.learn(pieces, spec(300), () -> {})).isEqualTo(slowly(pieces, 300));
  }

  @Test
  void encodingAPieceGivesTheTokensThatItWasLearnedWith() {
    SortedMap<String, Long> pieces = pieces(babble(5, 600));
    List<Merge> merges = MergeLearner.learn(pieces, spec(400), () -> {});
    BytePairTokenizer tokenizer = BytePairTokenizer.learned(PreTokenizer.GPT2, merges);

    for (String piece : pieces.keySet()) {
      List<Integer> word = new ArrayList<>();
      for (byte value : piece.getBytes(StandardCharsets.UTF_8)) {
        word.add(1 + BytePairTokenizer.byteOfId().indexOf(value & 0xff));
      }
      for (Merge merge : merges) {
        word = apply(merge, word);
      }
      assertThat(tokenizer.encode(piece)).containsExactly(word.stream().mapToInt(i -> i).toArray());
    }
  }
}
