package dev.rootstock.preprocess.clean;

import dev.rootstock.contract.store.StoredFile;
import dev.rootstock.preprocess.Dropped;
import dev.rootstock.preprocess.Place;
import dev.rootstock.preprocess.Receipt;
import dev.rootstock.preprocess.Scratch;
import dev.rootstock.preprocess.parquet.DocumentRows;
import dev.rootstock.preprocess.statistics.Counts;
import dev.rootstock.preprocess.statistics.Example;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetWriter;

/**
 * Writes what was dropped, and why, to {@code dropped/part-*.parquet}, sorted by id. Gives a
 * receipt a part.
 */
public final class WriteDropped extends PTransform<PCollection<Dropped>, PCollection<String>> {
  private static final long serialVersionUID = 1L;
  private static final int SHOWN = 60; // characters of an example

  private final Place place;
  private final Parts parts;

  private WriteDropped(Place place, Parts parts) {
    this.place = place;
    this.parts = parts;
  }

  public static WriteDropped to(Place place, Parts parts) {
    return new WriteDropped(place, parts);
  }

  @Override
  public PCollection<String> expand(PCollection<Dropped> dropped) {
    Parts into = parts;
    return dropped
        .apply(
            "By part",
            WithKeys.of((Dropped one) -> into.of(one.document()))
                .withKeyType(TypeDescriptors.integers()))
        .apply("Gather a part", GroupByKey.create())
        .apply("Write a part", ParDo.of(new Write(place)))
        .setCoder(StringUtf8Coder.of());
  }

  private static final class Write extends DoFn<KV<Integer, Iterable<Dropped>>, String> {
    private static final long serialVersionUID = 1L;

    private final Place place;

    Write(Place place) {
      this.place = place;
    }

    @ProcessElement
    public void process(@Element KV<Integer, Iterable<Dropped>> part, OutputReceiver<String> out)
        throws IOException {
      List<Dropped> all = new ArrayList<>();
      part.getValue().forEach(all::add);
      all.sort(Dropped.BY_ID);
      Counts counts = new Counts();
      long bytes = 0;
      Path file = Scratch.file(".parquet");
      try {
        try (ParquetWriter<Group> writer = DocumentRows.dropped(file)) {
          for (Dropped dropped : all) {
            writer.write(DocumentRows.row(dropped));
            bytes += dropped.document().bytes();
            counts.dropped(dropped);
          }
        }
        Map<String, Object> more = counts.tree();
        more.put("example", example(all.get(0)));
        String path = String.format(Locale.ROOT, "dropped/part-%05d.parquet", part.getKey());
        StoredFile stored = place.add(path, file);
        out.output(Receipt.of("dropped", part.getKey(), stored, all.size(), bytes, more).write());
      } finally {
        Files.deleteIfExists(file);
      }
    }

    private static String example(Dropped dropped) {
      String shown = Example.head(dropped.document().text(), SHOWN);
      return dropped.reason()
          + ", "
          + dropped.detail()
          + " ("
          + dropped.rule()
          + "): \""
          + shown
          + "\"";
    }
  }
}
