package dev.rootstock.activities.report;

import dev.rootstock.activities.OpenStores;
import dev.rootstock.contract.CanonicalJson;
import dev.rootstock.workflows.FinetuneJob;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;

/**
 * Lists of jobs, read once for their thousands of lines: a list never changes, so the last few stay
 * in memory, some 2 KB a job. Thread-safe.
 */
public final class JobLists {
  private static final int KEPT = 4;

  private final OpenStores stores;
  private final Map<List<String>, List<String>> lists = new LinkedHashMap<>();

  public JobLists(OpenStores stores) {
    this.stores = stores;
  }

  /**
   * One job.
   *
   * @param store as people write it
   * @param list key of a list
   * @param index of the line, from 0
   */
  public FinetuneJob job(String store, String list, int index) throws IOException {
    List<String> lines = lines(store, list);
    if (index >= lines.size()) {
      throw new NoSuchElementException(
          list + " has " + lines.size() + " jobs, and number " + index + " was asked for");
    }
    return CanonicalJson.read(lines.get(index), FinetuneJob.class);
  }

  private synchronized List<String> lines(String store, String list) throws IOException {
    List<String> place = List.of(store, list);
    List<String> lines = lists.remove(place);
    if (lines == null) {
      try (BufferedReader reader =
          new BufferedReader(
              new InputStreamReader(stores.at(store).open(list), StandardCharsets.UTF_8))) {
        lines = reader.lines().toList();
      }
    }
    lists.put(place, lines); // the newest last
    if (lists.size() > KEPT) {
      lists.remove(lists.keySet().iterator().next());
    }
    return lines;
  }
}
