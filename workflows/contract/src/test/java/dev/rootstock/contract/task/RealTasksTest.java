package dev.rootstock.contract.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rootstock.contract.Fingerprint;
import dev.rootstock.contract.PinnedFile;
import dev.rootstock.contract.TaskSpec;
import dev.rootstock.contract.TaskSpec.Encoding;
import dev.rootstock.contract.TaskType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Public data sets, where the machine has them; the counts were made with Python's csv module. */
class RealTasksTest {
  private static Path data(String name) {
    for (Path up = Path.of("").toAbsolutePath(); up != null; up = up.getParent()) {
      Path found = up.resolve("shared/data").resolve(name);
      if (Files.exists(found)) {
        return found;
      }
    }
    assumeTrue(false, "skipped: no shared/data/" + name + " above this folder");
    return Path.of(name);
  }

  private static TaskSplit read(TaskSpec spec, Path... paths) throws IOException {
    List<PinnedFile> pinned = new ArrayList<>();
    List<String> labels =
        LineLabels.of(Stream.of(paths).map(path -> path.getFileName().toString()).toList());
    for (Path path : paths) {
      byte[] bytes = Files.readAllBytes(path);
      pinned.add(
          new PinnedFile(
              path.toUri(),
              Fingerprint.sha256(bytes),
              bytes.length,
              Optional.of(labels.get(pinned.size()))));
    }
    return TaskSplit.read(
        spec, pinned, List.of(), file -> Files.newInputStream(Path.of(file.uri())));
  }

  private static TaskSpec spec(TaskType type, TaskSpec.Fields fields, Encoding encoding) {
    return new TaskSpec(
        type,
        List.of(),
        List.of(),
        fields,
        TaskSpec.Format.AUTO,
        encoding,
        0.1,
        0.2,
        Optional.empty());
  }

  private static List<TaskRow> all(TaskSplit split) {
    return Stream.of(split.train(), split.dev(), split.test()).flatMap(List::stream).toList();
  }

  @Test
  void readsChineseReviewsWithQuotedCommas() throws IOException {
    TaskSplit split =
        read(
            spec(
                TaskType.CLASSIFY,
                new TaskSpec.Fields("review", "label", "source", "target"),
                Encoding.UTF_8),
            data("sentiment-zh/waimai_10k.csv"));

    assertThat(all(split)).hasSize(11_987);
    assertThat(all(split).stream().filter(row -> row.answer().equals("1"))).hasSize(4000);
    assertThat(
            all(split).stream()
                .mapToLong(row -> row.text().codePointCount(0, row.text().length()))
                .sum())
        .isEqualTo(300_257);
  }

  @Test
  void readsLatinFilmReviewsLabelledByTheirExtensions() throws IOException {
    TaskSplit split =
        read(
            spec(
                TaskType.CLASSIFY,
                new TaskSpec.Fields("text", "label", "source", "target"),
                Encoding.AUTO),
            data("sentiment-en/rt-polarity.neg"),
            data("sentiment-en/rt-polarity.pos"));

    assertThat(split.labels()).containsExactly("neg", "pos");
    assertThat(all(split)).hasSize(2 * 5331);
    assertThat(split.notes()).anyMatch(note -> note.contains("read as windows-1252"));
  }

  @Test
  void pairsPackedTranslations() throws IOException {
    TaskSplit split =
        read(
            spec(
                TaskType.SEQ2SEQ, new TaskSpec.Fields("text", "label", "en", "de"), Encoding.UTF_8),
            data("translation-en-de/val.en.gz"),
            data("translation-en-de/val.de.gz"));

    assertThat(all(split)).hasSize(1014);
  }
}
