package dev.rootstock.preprocess.clean;

import dev.rootstock.preprocess.Document;
import dev.rootstock.preprocess.Reason;
import java.io.Serializable;
import java.util.Optional;

/** Decides whether a document is worth learning from. */
public interface Rule extends Serializable {
  /** Why not; empty means keep. */
  Optional<Reason> objection(Document document);

  /** The value found and the threshold, for a document that this rule objects to. */
  String detail(Document document);

  /** {@code rule/version}; the version is raised when the rule would decide otherwise. */
  String name();
}
