package dev.rootstock.console;

import dev.rootstock.activities.Host;
import dev.rootstock.activities.report.RunCatalog;
import dev.rootstock.contract.CanonicalJson;
import dev.rootstock.contract.HandedOn;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/**
 * Runs whose server lives within a console, noted in its workspace: when that process is gone, so
 * are they, though the store still hears nothing of an end.
 *
 * @param folder of the notes, a file a run
 */
record OwnRuns(Path folder) {
  static final String INTERRUPTED = "interrupted";

  /** The process that serves a run. */
  record Note(long pid, Instant began) implements HandedOn {
    private boolean lives() {
      return ProcessHandle.of(pid)
          .filter(ProcessHandle::isAlive)
          .filter(found -> Host.began(found).map(began::equals).orElse(true))
          .isPresent();
    }
  }

  static OwnRuns of(Workspace workspace) {
    return new OwnRuns(workspace.folder().resolve("runs"));
  }

  /** Notes that a run ends with this process. A note that can not be written is left out. */
  void begun(String run) {
    ProcessHandle self = ProcessHandle.current();
    note(run, new Note(self.pid(), Host.began(self).orElse(Instant.EPOCH)));
  }

  void note(String run, Note note) {
    try {
      Files.createDirectories(folder);
      Files.writeString(file(run), CanonicalJson.pretty(note));
    } catch (IOException readOnly) {
      return;
    }
  }

  /** Forgets a run of a name, for it goes on without this process. */
  void handedOver(String run) {
    try {
      Files.deleteIfExists(file(run));
    } catch (IOException kept) {
      throw new UncheckedIOException(kept);
    }
  }

  /** A run as it is, told as interrupted where the store says running and its server is gone. */
  RunCatalog.Summary seen(RunCatalog.Summary run) {
    return run.state().equals(RunCatalog.RUNNING) && isGone(run.run()) ? run.in(INTERRUPTED) : run;
  }

  private boolean isGone(String run) {
    try {
      return Files.exists(file(run))
          && !CanonicalJson.read(Files.readString(file(run)), Note.class).lives();
    } catch (IOException | IllegalArgumentException unreadable) {
      return false;
    }
  }

  private Path file(String run) {
    return folder.resolve(run + ".json");
  }
}
