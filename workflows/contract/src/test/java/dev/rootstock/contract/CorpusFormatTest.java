package dev.rootstock.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootstock.contract.CorpusSpec.Format;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CorpusFormatTest {
  private static final Map<String, Format> KNOWN =
      Map.ofEntries(
          Map.entry("a.txt", Format.AUTO),
          Map.entry("a.md", Format.MARKDOWN),
          Map.entry("a.html", Format.HTML),
          Map.entry("a.HTM", Format.HTML),
          Map.entry("a.jsonl", Format.JSONL),
          Map.entry("a.ndjson", Format.JSONL),
          Map.entry("a.warc", Format.WARC),
          Map.entry("CC-MAIN-2024.warc.wet", Format.WET),
          Map.entry("a.csv", Format.CSV),
          Map.entry("a.tsv", Format.TSV));

  @Test
  void aNameTellsItsFormatPackedOrNot() {
    KNOWN.forEach(
        (name, format) -> {
          for (String packing : new String[] {"", ".gz", ".zst", ".ZSTD"}) {
            assertThat(Format.ofName(name + packing)).as(name + packing).contains(format);
          }
        });
  }

  @Test
  void parquetPacksItself() {
    assertThat(Format.ofName("a.parquet")).contains(Format.PARQUET);
    assertThat(Format.ofName("a.parquet.gz")).isEmpty();
  }

  @Test
  void otherNamesTellNothing() {
    for (String name : new String[] {"a", "a.pdf", "a.gz", "a.warc.wat.gz", "a.json", ".gz", ""}) {
      assertThat(Format.ofName(name)).as(name).isEmpty();
    }
  }
}
