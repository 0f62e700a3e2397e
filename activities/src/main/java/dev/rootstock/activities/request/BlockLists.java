package dev.rootstock.activities.request;

import dev.rootstock.contract.Check;
import dev.rootstock.contract.CleaningSpec;
import dev.rootstock.contract.CleaningSpec.BlockFiles;
import dev.rootstock.contract.InvalidConfig;
import dev.rootstock.contract.block.BlockList;
import dev.rootstock.contract.store.ArtifactStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * A cleaning whose block lists are pinned by what they hold, and these lists.
 *
 * @param lists not yet in the store
 */
public record BlockLists(CleaningSpec cleaning, List<BlockList> lists) {
  private static final String PATH = "corpus.clean.blocked.files.";

  /** Reads all files that a cleaning names; what is wrong with them goes to {@code check}. */
  static BlockLists find(FileFinder files, CleaningSpec cleaning, Check check) throws IOException {
    if (cleaning.blocked().files().isEmpty()) {
      return new BlockLists(cleaning, List.of());
    }
    BlockFiles named = cleaning.blocked().files().get();
    Reader reader = new Reader(files, check, new ArrayList<>());
    BlockFiles pinned =
        new BlockFiles(
            reader.pin("sites", named.sites(), BlockLines::ofSites),
            reader.pin("urlWords", named.urlWords(), BlockLines::ofUrlWords),
            reader.pin("softUrlWords", named.softUrlWords(), BlockLines::ofUrlWords),
            reader.pin("urlParts", named.urlParts(), BlockLines::ofUrlWords),
            reader.pin("words", named.words(), BlockLines::ofWords));
    return new BlockLists(cleaning.with(cleaning.blocked().with(pinned)), reader.lists);
  }

  /** Puts the lists into the store that the documents will be in. */
  void keep(ArtifactStore store) throws IOException {
    for (BlockList list : lists) {
      list.keep(store);
    }
  }

  private record Reader(FileFinder files, Check check, List<BlockList> lists) {
    List<String> pin(String key, List<String> patterns, Supplier<BlockLines> kind)
        throws IOException {
      List<byte[]> entries = new ArrayList<>();
      for (int i = 0; i < patterns.size(); i++) {
        read(PATH + key + "." + i, patterns.get(i), kind, entries);
      }
      if (entries.isEmpty()) {
        return List.of();
      }
      BlockList list = BlockList.of(entries);
      lists.add(list);
      return List.of(list.pin());
    }

    private void read(String path, String pattern, Supplier<BlockLines> kind, List<byte[]> entries)
        throws IOException {
      try {
        for (SourceFile file : files.find(path, pattern)) {
          String wrong = kind.get().read(file.opener().open(), entries);
          check.that(
              wrong.isEmpty(),
              path,
              file.uri() + ", " + wrong,
              "a list with one entry a line",
              "Put # before lines that are no entries.");
        }
      } catch (InvalidConfig absent) {
        check.addAll(absent.problems());
      } catch (IOException unreadable) {
        check.that(
            false, path, "\"" + pattern + "\" (" + unreadable + ")", "files that can be read");
      }
    }
  }
}
