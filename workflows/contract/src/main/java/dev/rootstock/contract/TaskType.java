package dev.rootstock.contract;

/** What a finetune is for, and the metric it is judged by unless another is named. */
public enum TaskType {
  /** A text to one of a few labels. */
  CLASSIFY(Metric.ACCURACY),
  /** A text to a text: translation, summary. */
  SEQ2SEQ(Metric.EXACT_MATCH),
  /** More text of one kind. */
  LANGUAGE_MODEL(Metric.BITS_PER_BYTE);

  private final Metric primary;

  TaskType(Metric primary) {
    this.primary = primary;
  }

  public Metric primary() {
    return primary;
  }
}
