package dev.rootstock.preprocess.screen;

import dev.rootstock.preprocess.Place;
import dev.rootstock.preprocess.Receipt;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What {@link ScreenParts} would tell of documents that have no part: that nothing was found. */
public final class ScreenNothing {
  private ScreenNothing() {}

  /**
   * A receipt a task.
   *
   * @param items store key of the {@link dev.rootstock.contract.TestItems}
   */
  public static List<Receipt> receipts(String items, Place place) throws IOException {
    List<Receipt> receipts = new ArrayList<>();
    Screen.read(place, items)
        .tasks()
        .forEach(
            (task, passages) ->
                receipts.add(
                    Receipt.of(
                        "screened",
                        List.of(),
                        Map.of(
                            "task",
                            task,
                            "rows",
                            (long) passages.count(),
                            "invisible",
                            (long) passages.invisible(),
                            "documents",
                            0L,
                            "found",
                            List.of()))));
    return receipts;
  }
}
