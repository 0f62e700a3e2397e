package dev.rootstock.training.evaluate;

import dev.rootstock.training.backend.Text;
import java.util.Arrays;
import java.util.Set;

/**
 * A text that goes on from a prompt. A prompt longer than the context loses its beginning; once the
 * context is full the later half is read again. Not thread-safe.
 */
final class Writing implements Text {
  private final Prompted wanted;
  private final Set<Integer> ends;
  private final int context;
  private final Runnable ended;
  private final int given;
  private int[] all; // the prompt, and what was written
  private int count;
  private int held;
  private boolean begins = true;

  /**
   * @param prompt the text's, at least one id
   * @param ends ids at which it is done
   * @param ended hears that it is done
   */
  Writing(Prompted wanted, int[] prompt, Set<Integer> ends, int context, Runnable ended) {
    this.wanted = wanted;
    this.ends = ends;
    this.context = context;
    this.ended = ended;
    given = prompt.length;
    all = prompt;
    count = given;
    held = Math.min(given, context);
  }

  @Override
  public int[] ids() {
    return Arrays.copyOfRange(all, begins ? count - held : count - 1, count);
  }

  @Override
  public boolean begins() {
    return begins;
  }

  @Override
  public int most() {
    return (int) Math.min(context, (long) given + wanted.most());
  }

  @Override
  public boolean hear(float[] logits) {
    int id = wanted.sampler().next(logits);
    if (ends.contains(id) || !goesOn(id)) {
      ended.run();
      return false;
    }
    begins = held == context;
    held = begins ? Math.max(1, context / 2) : held + 1;
    return true;
  }

  private boolean goesOn(int id) {
    if (count == all.length) {
      all = Arrays.copyOf(all, 2 * count);
    }
    all[count++] = id;
    return !wanted.enough().test(id) && count - given < wanted.most();
  }

  /** What was written so far. */
  int[] written() {
    return Arrays.copyOfRange(all, given, count);
  }
}
