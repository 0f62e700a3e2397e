package dev.rootstock.activities.registry;

import dev.rootstock.contract.CheckpointRef;
import dev.rootstock.contract.Default;
import dev.rootstock.contract.HandedOn;
import dev.rootstock.contract.ModelRef;
import dev.rootstock.contract.Scores;
import dev.rootstock.contract.Spent;
import dev.rootstock.contract.TaskType;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A registered version: {@code models/<name>/versions/000003.json}.
 *
 * @param parent {@code NAME@VERSION} it was grafted on, or goes on from
 * @param task what it was taught; empty for a base
 * @param scores its own: of a base, bits per byte on what was held out
 * @param before the untouched parent's on the same rows
 * @param licences of the text a base was grown on
 * @param spent what making it took, its parent left out
 * @param sources of the text a base was grown on
 */
public record ModelVersion(
    String name,
    long version,
    Kind kind,
    CheckpointRef checkpoint,
    Optional<String> parent,
    Optional<TaskType> task,
    Scores scores,
    Optional<Scores> before,
    List<String> licences,
    String run,
    Instant at,
    Spent spent,
    @Default("[]") List<SourceShare> sources)
    implements HandedOn {
  public ModelVersion {
    licences = List.copyOf(licences);
    sources = List.copyOf(sources);
  }

  /** A version of which the text is not told. */
  public ModelVersion(
      String name,
      long version,
      Kind kind,
      CheckpointRef checkpoint,
      Optional<String> parent,
      Optional<TaskType> task,
      Scores scores,
      Optional<Scores> before,
      List<String> licences,
      String run,
      Instant at,
      Spent spent) {
    this(
        name,
        version,
        kind,
        checkpoint,
        parent,
        task,
        scores,
        before,
        licences,
        run,
        at,
        spent,
        List.of());
  }

  /**
   * A version that was trained elsewhere, of which little is told.
   *
   * @param parent what it is an adapter on; empty: it is a whole model
   * @param licence as its own card names it; an adapter without one has its parent's
   */
  public static ModelVersion imported(
      String name,
      long version,
      CheckpointRef checkpoint,
      Optional<ModelVersion> parent,
      Optional<String> licence) {
    return new ModelVersion(
        name,
        version,
        Kind.IMPORTED,
        checkpoint,
        parent.map(base -> base.ref().label()),
        Optional.empty(),
        new Scores(Map.of(), 0),
        Optional.empty(),
        licence.map(List::of).orElseGet(() -> parent.map(ModelVersion::licences).orElse(List.of())),
        "by-hand",
        Instant.now(),
        Spent.NOTHING);
  }

  /** How it came to be. */
  public enum Kind {
    BASE,
    FINETUNE,
    IMPORTED
  }

  /** The same version with the scores that it has on other rows. */
  ModelVersion withScores(Scores measured) {
    return new ModelVersion(
        name,
        version,
        kind,
        checkpoint,
        parent,
        task,
        measured,
        before,
        licences,
        run,
        at,
        spent,
        sources);
  }

  public ModelRef ref() {
    return new ModelRef(name, version, checkpoint);
  }
}
