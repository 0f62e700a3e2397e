package dev.rootstock.training.evaluate;

import dev.rootstock.training.backend.Backend;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.IntConsumer;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

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
    return writeAll(List.of(new Prompted(prompt, most, sampler, enough)), text -> {}).get(0);
  }

  /**
   * The same of many, side by side where the model can: no text changes another, but that logits
   * may be rounded otherwise.
   *
   * @param ended hears a text's place in the list once it is done, on any thread but one call at a
   *     time; what it throws ends them all
   */
  public List<int[]> writeAll(List<Prompted> texts, IntConsumer ended) {
    List<Writing> all = new ArrayList<>();
    Object turn = new Object();
    for (int i = 0; i < texts.size(); i++) {
      int place = i;
      int[] prompt = texts.get(i).prompt();
      all.add(
          new Writing(
              texts.get(i),
              prompt.length == 0 ? new int[] {endOfText} : prompt,
              ends,
              context,
              () -> {
                synchronized (turn) {
                  ended.accept(place);
                }
              }));
    }
    model.write(
        IntStream.range(0, all.size())
            .filter(i -> texts.get(i).most() > 0)
            .mapToObj(all::get)
            .toList());
    return all.stream().map(Writing::written).toList();
  }
}
