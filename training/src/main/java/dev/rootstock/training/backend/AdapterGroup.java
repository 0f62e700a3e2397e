package dev.rootstock.training.backend;

import java.util.List;

/**
 * One frozen base, held once, with an adapter for each of several jobs. A job computes what it
 * would compute alone.
 */
public interface AdapterGroup extends AutoCloseable {
  /** The base alone, to be filled before the first job begins; not to be used while one works. */
  Backend base();

  /**
   * One for each job, in order, each to be used on a thread of its own and closed when its job is
   * done or has failed: {@link Backend#accumulate} waits until every job that is not closed has
   * called it, so that all batches are computed together. A job can not write the base's tensors.
   */
  List<Backend> jobs();

  /** Only when no job works any more. */
  @Override
  void close();
}
