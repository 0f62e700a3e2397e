package dev.rootstock.console.server;

import dev.rootstock.workflows.Queues;
import java.util.Locale;

/** A kind of work that a worker may serve; written in lower case. */
public enum Duty {
  /** The plan: workflows, and no activity. */
  WORKFLOWS(Queues.WORKFLOWS),
  /** Find, name, record. */
  CONTROL(Queues.CONTROL),
  /** Wait for shared stages. */
  ATTACH(Queues.ATTACH),
  /** Clean and tokenize. */
  DATA(Queues.DATA),
  /** Pretrain. */
  TRAIN(Queues.TRAIN),
  /** Finetune and evaluate. */
  GRAFT(Queues.GRAFT);

  private final String queue;

  Duty(String queue) {
    this.queue = queue;
  }

  public String queue() {
    return queue;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
