package dev.rootstock.activities.request;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootstock.activities.OpenStores;
import dev.rootstock.contract.CanonicalJson;
import dev.rootstock.contract.Check;
import dev.rootstock.contract.CleaningSpec;
import dev.rootstock.contract.Problem;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlockListsTest {
  @TempDir Path folder;

  private BlockLists find(String key, String place, Check check) throws IOException {
    CleaningSpec cleaning =
        CanonicalJson.read(
            "{\"blocked\":{\"files\":{\"" + key + "\":[\"" + folder.resolve(place) + "\"]}}}",
            CleaningSpec.class);
    return BlockLists.find(new FileFinder(new OpenStores()), cleaning, check);
  }

  private List<String> entries(String key, String text) throws IOException {
    Files.writeString(folder.resolve("list.txt"), text);
    Check check = new Check();
    BlockLists found = find(key, "list.txt", check);
    check.done();
    return found.lists().get(0).entries();
  }

  private List<Problem> problems(String key, String text) throws IOException {
    Files.writeString(folder.resolve("list.txt"), text);
    Check check = new Check();
    find(key, "list.txt", check);
    return check.problems();
  }

  @Test
  void allUsualListsOfSitesAreRead() throws IOException {
    String text =
        "\uFEFF# a list\r\n\r\n! another remark\n"
            + "0.0.0.0 0.0.0.0\n127.0.0.1 localhost\n::1 ip6-localhost\nfe80::1%lo0 localhost\n"
            + "0.0.0.0 ads.example.com tracker.example.net # two\n"
            + "  Casino.Example  \nhttps://www.news.example/adverts/\nexample.org:8080/a?b\n"
            + "||wide.example^\n*.star.example\n.squid.example\n.xxx\n10.1.2.3\n[2001:db8::1]\n"
            + "bücher.example\nunder_score.example.\n";

    assertThat(entries("sites", text))
        .containsExactlyInAnyOrder(
            "ads.example.com",
            "tracker.example.net",
            "casino.example",
            "news.example/adverts",
            "example.org/a?b",
            "wide.example",
            "star.example",
            "squid.example",
            "xxx",
            "10.1.2.3",
            "[2001:db8::1]",
            "xn--bcher-kva.example",
            "under_score.example");
  }

  @Test
  void brokenLinesAreRefusedByTheirNumbers() throws IOException {
    String text =
        "good.example\nnot a site\ncasino\n\u0000\u0001\n(^|[-.])sex[0-9]*\ntwo..dots\n-\n";

    assertThat(problems("sites", text))
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.path()).isEqualTo("corpus.clean.blocked.files.sites.0");
              assertThat(problem.found())
                  .contains("line 2 (\"not a site\"), line 3 (\"casino\"), line 4 (")
                  .endsWith(" and 3 more");
            });
    assertThat(problems("urlWords", "casino\nfree-money\n"))
        .singleElement()
        .satisfies(problem -> assertThat(problem.found()).contains("line 2 (\"free-money\")"));
    assertThat(problems("words", "fine words\nbad \uFFFD\n")).hasSize(1);
  }

  @Test
  void aListThatIsNotThereIsToldOf() throws IOException {
    Check check = new Check();
    find("words", "nothing.txt", check);

    assertThat(check.problems())
        .singleElement()
        .satisfies(
            problem -> assertThat(problem.path()).isEqualTo("corpus.clean.blocked.files.words.0"));
  }

  @Test
  void theCleaningChangesWithTheEntriesAlone() throws IOException {
    Path lists = Files.createDirectory(folder.resolve("lists"));
    Files.writeString(lists.resolve("a.txt"), "b.example\na.example\n");
    CleaningSpec first = pinned("lists");
    Files.writeString(lists.resolve("a.txt"), "# sorted\nA.example\nb.example\n");
    assertThat(pinned("lists")).isEqualTo(first);
    assertThat(pinned("lists/*.txt")).isEqualTo(first);

    try (OutputStream packed =
        new GZIPOutputStream(Files.newOutputStream(lists.resolve("more.gz")))) {
      packed.write("c.example\n".getBytes(StandardCharsets.UTF_8));
    }
    assertThat(pinned("lists")).isNotEqualTo(first);
    assertThat(pinned("lists/a.txt")).isEqualTo(first);
    Files.writeString(lists.resolve("a.txt"), "# nothing yet\n");
    assertThat(pinned("lists/a.txt")).isEqualTo(CanonicalJson.read("{}", CleaningSpec.class));
  }

  private CleaningSpec pinned(String place) throws IOException {
    Check check = new Check();
    CleaningSpec cleaning = find("sites", place, check).cleaning();
    check.done();
    return cleaning;
  }
}
