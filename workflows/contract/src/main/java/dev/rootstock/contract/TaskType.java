package dev.rootstock.contract;

import java.util.List;

/** What a finetune is for, and the metric it is judged by unless another is named. */
public enum TaskType {
  /** A text to one of a few labels. */
  CLASSIFY(Metric.ACCURACY, Metric.MACRO_F1),
  /** A text to a text: translation, summary. */
  SEQ2SEQ(Metric.EXACT_MATCH, Metric.BLEU, Metric.CHRF),
  /** More text of one kind. */
  LANGUAGE_MODEL(Metric.BITS_PER_BYTE),
  /** Conversations in which the assistant's turns are learned. */
  CHAT(Metric.BITS_PER_BYTE);

  private final List<Metric> metrics;

  TaskType(Metric... metrics) {
    this.metrics = List.of(metrics);
  }

  public Metric primary() {
    return metrics.get(0);
  }

  /** All that a task of this type is measured by, the primary one first. */
  public List<Metric> metrics() {
    return metrics;
  }
}
