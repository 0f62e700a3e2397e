package dev.rootstock.contract.engine;

/**
 * One thing an engine can do.
 *
 * @param <O> the order's record
 */
public interface Verb<O extends Record> {
  Class<O> order();

  /**
   * Carries out an order.
   *
   * @return the result, a record
   * @throws dev.rootstock.contract.InvalidConfig if the order is wrong: exit 2
   * @throws Hopeless if another attempt would end the same: exit 3
   * @throws Stopped after saving, because {@code stop} was asked: exit 75
   * @throws Exception for anything else: exit 1, and another attempt
   */
  Record carryOut(O order, ProgressLog progress, Stop stop) throws Exception;
}
