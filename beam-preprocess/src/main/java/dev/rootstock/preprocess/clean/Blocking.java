package dev.rootstock.preprocess.clean;

import dev.rootstock.contract.CleaningSpec.BlockFiles;
import dev.rootstock.contract.CleaningSpec.Blocked;
import dev.rootstock.contract.block.BlockList;
import dev.rootstock.contract.store.ArtifactStore;
import dev.rootstock.preprocess.clean.basic.SiteList;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What a cleaning blocks, with what its lists hold.
 *
 * @param sites all of them: in lists they are too many for strings
 * @param all the words, those of lists too
 */
record Blocking(SiteList sites, Blocked all) {
  /**
   * Of a cleaning without lists.
   *
   * @throws IllegalArgumentException if it has some
   */
  static Blocking of(Blocked blocked) {
    if (blocked.files().isPresent()) {
      throw new IllegalArgumentException("block lists lie in a store, and none was given");
    }
    return new Blocking(SiteList.of(blocked.sites()), blocked);
  }

  /** With the lists that lie in a store. */
  static Blocking of(Blocked blocked, ArtifactStore store) throws IOException {
    BlockFiles files = blocked.files().orElse(BlockFiles.NONE);
    return new Blocking(
        SiteList.of(blocked.sites(), lists(store, files.sites())),
        new Blocked(
            blocked.sites(),
            joined(store, blocked.urlWords(), files.urlWords()),
            joined(store, blocked.softUrlWords(), files.softUrlWords()),
            joined(store, blocked.urlParts(), files.urlParts()),
            joined(store, blocked.words(), files.words()),
            blocked.files()));
  }

  private static List<BlockList> lists(ArtifactStore store, List<String> pins) throws IOException {
    List<BlockList> lists = new ArrayList<>();
    for (String pin : pins) {
      lists.add(BlockList.read(store, pin));
    }
    return lists;
  }

  private static List<String> joined(ArtifactStore store, List<String> words, List<String> pins)
      throws IOException {
    List<String> all = new ArrayList<>(words);
    for (BlockList list : lists(store, pins)) {
      all.addAll(list.entries());
    }
    return all;
  }
}
