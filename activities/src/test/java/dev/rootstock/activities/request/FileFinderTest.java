package dev.rootstock.activities.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rootstock.activities.OpenStores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileFinderTest {
  @TempDir Path folder;
  private final FileFinder finder = new FileFinder(new OpenStores());

  @BeforeEach
  void files() throws IOException {
    for (String name : List.of("a.md", "b.txt", "deep/c.md", "deep/er/d.md", ".hidden/e.md")) {
      Path file = folder.resolve(name);
      Files.createDirectories(file.getParent());
      Files.writeString(file, name);
    }
  }

  @Test
  void aFileAFolderAndGlobsAreFoundInTheOrderOfTheirNames() throws IOException {
    assertThat(names("a.md")).containsExactly("a.md");
    assertThat(names("deep")).containsExactly("c.md", "er/d.md");
    assertThat(names("*.md")).containsExactly("a.md");
    assertThat(names("**/*.md")).containsExactly("a.md", "deep/c.md", "deep/er/d.md");
    assertThat(names("{a,b}.*")).containsExactly("a.md", "b.txt");
  }

  @Test
  void whatIsNotThereIsAnsweredWithTheNearest() {
    assertThatThrownBy(() -> names("dep")).hasMessageContaining("Did you mean deep?");
    assertThatThrownBy(() -> names("*.csv")).hasMessageContaining("matches no file");
  }

  private List<String> names(String pattern) throws IOException {
    return finder.find("data", folder + "/" + pattern).stream().map(SourceFile::name).toList();
  }
}
