package dev.rootstock.contract.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rootstock.contract.InvalidConfig;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalStoreTest extends ArtifactStoreContract {
  @TempDir Path root;

  @Override
  protected ArtifactStore store() {
    return LocalStore.open(root.resolve("store").toUri());
  }

  @Override
  protected int manyKeys() {
    return 100; // a folder has no pages
  }

  @Test
  void ofTwoProcessesThatWriteTheSameKeysOneWinsEach() throws Exception {
    List<Process> racers = new ArrayList<>();
    for (String name : List.of("first", "second")) {
      racers.add(
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-Xmx64m",
                  "-cp",
                  System.getProperty("java.class.path"),
                  Racer.class.getName(),
                  root.resolve("store").toUri().toString(),
                  name)
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start());
    }

    List<String> won = new ArrayList<>();
    for (Process racer : racers) {
      assertThat(racer.inputReader().readLine()).isEqualTo("ready");
    }
    for (Process racer : racers) {
      racer.outputWriter().append('\n').flush();
    }
    for (Process racer : racers) {
      won.addAll(racer.inputReader().lines().toList());
      assertThat(racer.waitFor()).isZero();
    }

    assertThat(won).containsExactlyInAnyOrderElementsOf(Racer.keys());
  }

  /** Creates keys in another process and prints those that it won. */
  static final class Racer {
    private Racer() {}

    static List<String> keys() {
      return IntStream.range(0, 100).mapToObj(i -> "race/" + i).toList();
    }

    public static void main(String[] arguments) throws IOException {
      ArtifactStore store = LocalStore.open(URI.create(arguments[0]));
      System.out.println("ready");
      if (System.in.read() < 0) {
        return; // the test is gone
      }
      for (String key : keys()) {
        try {
          store.publish(arguments[1].getBytes(UTF_8), key);
          System.out.println(key);
        } catch (FileAlreadyExistsException lost) {
          continue;
        }
      }
    }
  }

  @Test
  void leavesNoPartialFileBehind() throws IOException {
    store().publish(new byte[] {1}, "a/b");
    assertThatThrownBy(() -> store().publish(new byte[] {2}, "a/b"))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThatThrownBy(() -> store().publish(root, "a/c")).isInstanceOf(IOException.class);

    try (Stream<Path> files = Files.walk(root.resolve("store"))) {
      assertThat(files.filter(Files::isRegularFile)).containsExactly(root.resolve("store/a/b"));
    }
  }

  @Test
  void aPartialFileOfAKilledWriterIsNotAnObject() throws IOException {
    store().publish(new byte[] {1}, "a/b");
    Files.writeString(root.resolve("store/a/.partial-1234"), "half");

    assertThat(store().list("")).containsExactly("a/b");
  }

  @Test
  void aFileInPlaceOfTheFolderIsRefused() throws IOException {
    Path file = Files.writeString(root.resolve("file"), "x");

    assertThatThrownBy(() -> LocalStore.open(file.toUri()))
        .isInstanceOf(InvalidConfig.class)
        .hasMessageContaining("store is \"" + file)
        .hasMessageContaining("it must be a folder that can be written to");
  }
}
