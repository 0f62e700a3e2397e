package dev.rootstock.preprocess.clean;

/**
 * One step of a recipe: lets a text pass, objects to it, or changes it. Rules are pure and
 * thread-safe.
 */
public interface Rule {
  /** What comes of a text. */
  Verdict judge(Passage passage);

  /** {@code rule/version}; the version is raised when the rule would decide otherwise. */
  String name();
}
