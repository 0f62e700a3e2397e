package dev.rootstock.activities.registry;

import dev.rootstock.contract.CanonicalJson;
import dev.rootstock.contract.Spent;
import dev.rootstock.contract.Stage;
import dev.rootstock.contract.store.ArtifactStore;
import dev.rootstock.workflows.StageOutcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * What was spent, and what was saved by finding or joining what a request would else have had to
 * make. Thread-safe.
 */
public record Ledger(ArtifactStore store) {
  private static final String HOME = "ledger/";

  /** Enters the stages of a run; each once, however often this is called with one {@code at}. */
  public void enter(String run, List<StageOutcome> outcomes, Instant at) throws IOException {
    LocalDate day = at.atZone(ZoneOffset.UTC).toLocalDate();
    for (StageOutcome outcome : outcomes) {
      String id =
          run + "-" + CanonicalJson.word(outcome.stage()) + "-" + outcome.fingerprint().brief();
      byte[] entry =
          CanonicalJson.pretty(LedgerEntry.of(run, outcome, at)).getBytes(StandardCharsets.UTF_8);
      try {
        store.publish(entry, HOME + day + "/" + id + ".json");
      } catch (FileAlreadyExistsException entered) {
        continue;
      }
    }
  }

  /** Every entry, in the order of days. */
  public List<LedgerEntry> all() throws IOException {
    List<LedgerEntry> entries = new ArrayList<>();
    for (String key : store.list(HOME)) {
      entries.add(
          CanonicalJson.read(
              new String(store.read(key), StandardCharsets.UTF_8), LedgerEntry.class));
    }
    return entries;
  }

  /**
   * Sums of some entries.
   *
   * @param made how many stages were made
   * @param reused how many were found or joined
   */
  public record Sums(int made, int reused, Spent spent, Spent saved) {
    public static Sums of(List<LedgerEntry> entries) {
      int made = 0;
      Spent spent = Spent.NOTHING;
      Spent saved = Spent.NOTHING;
      for (LedgerEntry entry : entries) {
        made += entry.how() == StageOutcome.How.MADE ? 1 : 0;
        spent = spent.plus(entry.spent());
        saved = saved.plus(entry.saved());
      }
      return new Sums(made, entries.size() - made, spent, saved);
    }
  }

  /**
   * Floating-point operations a second that trainings of a stage came to here; empty where none was
   * entered.
   */
  public static OptionalDouble flopsPerSecond(List<LedgerEntry> entries, Stage stage) {
    Spent sum =
        entries.stream()
            .filter(entry -> entry.stage() == stage && entry.spent().flops() > 0)
            .map(LedgerEntry::spent)
            .reduce(Spent.NOTHING, Spent::plus);
    return sum.seconds() > 0
        ? OptionalDouble.of(sum.flops() / sum.seconds())
        : OptionalDouble.empty();
  }
}
