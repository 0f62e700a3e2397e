package dev.rootstock.contract.engine;

import dev.rootstock.contract.CheckpointRef;
import dev.rootstock.contract.HandedOn;
import java.util.List;
import java.util.Optional;

/**
 * What an {@link ImportOrder} took over.
 *
 * @param files names of the files that were taken
 * @param notes what the folder asks for that is not done here, a sentence each
 * @param licence as the folder's own card names it
 */
public record Imported(
    CheckpointRef checkpoint, List<String> files, List<String> notes, Optional<String> licence)
    implements HandedOn {
  public Imported {
    files = List.copyOf(files);
    notes = List.copyOf(notes);
  }
}
