package dev.rootstock.training.evaluate;

import dev.rootstock.training.backend.Backend;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;

/** Lets a model go on from a prompt. Not thread-safe. */
public final class Writer {
  private final Backend model;
  private final int context;
  private final int endOfText;
  private final Set<Integer> ends;

  public Writer(Backend model, int context, int endOfText) {
    this(model, context, endOfText, Set.of(endOfText));
  }

  /**
   * @param ends ids at which the model is done
   */
  public Writer(Backend model, int context, int endOfText, Set<Integer> ends) {
    this.model = model;
    this.context = context;
    this.endOfText = endOfText;
    this.ends = Set.copyOf(ends);
  }

  /**
   * The ids that follow, the end of text left out. A prompt longer than the context loses its
   * beginning; once the context is full the model reads its later half again and goes on.
   *
   * @param prompt empty: as after an end of text
   * @param most ids to write
   */
  public int[] write(int[] prompt, int most, Sampler sampler) {
    return write(prompt, most, sampler, id -> false);
  }

  /**
   * The same, and ends once somebody has enough.
   *
   * @param enough hears each id as it is written
   */
  public int[] write(int[] prompt, int most, Sampler sampler, IntPredicate enough) {
    List<Integer> all = new ArrayList<>();
    Arrays.stream(prompt.length == 0 ? new int[] {endOfText} : prompt).forEach(all::add);
    int given = all.size();
    int held = Math.min(given, context);
    float[] logits = model.begin(last(all, held));
    while (all.size() - given < most) {
      int id = sampler.next(logits);
      if (ends.contains(id)) {
        break;
      }
      all.add(id);
      if (enough.test(id) || all.size() - given == most) {
        break;
      }
      if (held < context) {
        held++;
        logits = model.next(id);
      } else {
        held = Math.max(1, context / 2);
        logits = model.begin(last(all, held));
      }
    }
    return all.subList(given, all.size()).stream().mapToInt(Integer::intValue).toArray();
  }

  private static int[] last(List<Integer> ids, int count) {
    return ids.subList(ids.size() - count, ids.size()).stream()
        .mapToInt(Integer::intValue)
        .toArray();
  }
}
