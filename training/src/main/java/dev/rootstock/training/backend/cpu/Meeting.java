package dev.rootstock.training.backend.cpu;

import dev.rootstock.training.backend.Batch;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Where jobs, each on a thread of its own, wait until all that are not done have a batch; then all
 * batches are computed together. Whatever else a job asks of the base it does alone. So what is
 * computed together does not depend on the threads' pace. Thread-safe.
 */
final class Meeting {
  private final ReentrantLock turn = new ReentrantLock();
  private final Condition computed = turn.newCondition();
  private final CpuBase base;
  private final Set<Integer> present = new TreeSet<>();
  private final SortedMap<Integer, Work> waiting = new TreeMap<>();
  private RuntimeException broken; // of all: the machine's fault, not one job's

  Meeting(CpuBase base, int jobs) {
    this.base = base;
    for (int i = 0; i < jobs; i++) {
      present.add(i);
    }
  }

  /** What one job does alone. */
  <T> T alone(Supplier<T> work) {
    turn.lock();
    try {
      return work.get();
    } finally {
      turn.unlock();
    }
  }

  /**
   * @return Σ loss
   * @throws IllegalArgumentException for ids and targets beyond the vocabulary, before they meet
   *     the neighbours
   */
  double accumulate(int job, CpuBackend alone, Batch batch, double scale) {
    sound(batch);
    turn.lock();
    try {
      Work work = alone.work(batch, scale);
      waiting.put(job, work);
      proceed();
      while (waiting.get(job) == work && broken == null) {
        computed.awaitUninterruptibly();
      }
      if (broken != null) {
        throw new IllegalStateException("computing together failed", broken);
      }
      return work.loss();
    } finally {
      turn.unlock();
    }
  }

  /** Nobody waits for this job any more. */
  void leave(int job) {
    turn.lock();
    try {
      present.remove(job);
      proceed();
    } finally {
      turn.unlock();
    }
  }

  private void proceed() {
    if (waiting.isEmpty() || !waiting.keySet().containsAll(present)) {
      return;
    }
    List<Work> all = new ArrayList<>(waiting.values());
    waiting.clear();
    try {
      base.accumulate(all);
    } catch (RuntimeException failed) {
      broken = failed;
    }
    computed.signalAll();
  }

  private void sound(Batch batch) {
    int vocabulary = base.shape.vocabulary();
    for (int i = 0; i < batch.ids().length; i++) {
      int id = batch.ids()[i];
      int target = batch.targets()[i];
      if (id < 0 || id >= vocabulary || target < Batch.IGNORED || target >= vocabulary) {
        throw new IllegalArgumentException(
            "position "
                + i
                + " has id "
                + id
                + " and target "
                + target
                + "; they must be below the vocabulary ("
                + vocabulary
                + ")");
      }
    }
  }
}
