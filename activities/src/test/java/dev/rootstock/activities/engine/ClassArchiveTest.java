package dev.rootstock.activities.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassArchiveTest {
  private static final String MAKES = "-XX:ArchiveClassesAtExit=";
  private static final String USES = "-XX:SharedArchiveFile=";

  @TempDir static Path built;
  @TempDir Path folder;
  private Path cache;
  private Path jar;

  @BeforeAll
  static void buildAProgram() throws Exception {
    Path source = built.resolve("Program.java");
    Files.writeString(
        source,
        "public class Program { public static void main(String[] words) {"
            + " System.out.println(new Program().getClass().getName()); } }");
    int compiled = ToolProvider.getSystemJavaCompiler().run(null, null, null, source.toString());
    assertThat(compiled).isZero();
    try (OutputStream file = Files.newOutputStream(built.resolve("program.jar"));
        JarOutputStream out = new JarOutputStream(file)) {
      out.putNextEntry(new JarEntry("Program.class"));
      Files.copy(built.resolve("Program.class"), out);
    }
  }

  @BeforeEach
  void copyIt() throws Exception {
    cache = folder.resolve("cache");
    jar = Files.copy(built.resolve("program.jar"), folder.resolve("program.jar"));
  }

  private EngineCommand command(Path classPath) {
    String java = JdkChoice.running().java().toString();
    return new EngineCommand(
        List.of(java, "-XX:TieredStopAtLevel=1", "-cp", classPath.toString(), "Program"), Map.of());
  }

  private static boolean has(ClassArchive archive, String option) {
    return archive.command().line().stream().anyMatch(word -> word.startsWith(option));
  }

  private static String run(ClassArchive archive) throws Exception {
    Process process = new ProcessBuilder(archive.command().line()).start();
    String said = new String(process.getInputStream().readAllBytes());
    assertThat(process.waitFor()).isZero();
    return said;
  }

  private Path make() throws Exception {
    try (ClassArchive archive = ClassArchive.open(command(jar), "clean", cache)) {
      assertThat(has(archive, MAKES)).isTrue();
      run(archive);
      archive.keep();
    }
    try (Stream<Path> files = Files.list(cache)) {
      List<Path> left = files.toList();
      assertThat(left).hasSize(1);
      return left.get(0);
    }
  }

  @Test
  void theSecondRunMapsWhatTheFirstOneLeft() throws Exception {
    make();

    ClassArchive second = ClassArchive.open(command(jar), "learn", cache);

    assertThat(has(second, USES)).isTrue();
    List<String> line = new ArrayList<>(second.command().line());
    line.addAll(1, List.of("-Xshare:on", "-Xlog:class+load"));
    Process process = new ProcessBuilder(line).start();
    String said = new String(process.getInputStream().readAllBytes());
    assertThat(said).containsPattern("Program source: shared objects file \\(top\\)");
  }

  @Test
  void anArchiveThatWasCutShortIsNotUsed() throws Exception {
    Path archive = make();
    byte[] all = Files.readAllBytes(archive);
    archive.toFile().setWritable(true);
    Files.write(archive, Arrays.copyOf(all, all.length / 2));

    ClassArchive next = ClassArchive.open(command(jar), "learn", cache);

    assertThat(has(next, USES)).isFalse();
    assertThat(run(next)).contains("Program");
  }

  @Test
  void aProgramThatWasBuiltAnewMakesItsOwn() throws Exception {
    make();
    Files.setLastModifiedTime(jar, FileTime.fromMillis(1_000_000_000_000L));

    assertThat(has(ClassArchive.open(command(jar), "learn", cache), USES)).isFalse();
    assertThat(has(ClassArchive.open(command(jar), "clean", cache), MAKES)).isTrue();
  }

  @Test
  void ofTwoAtOnceOneMakesIt() {
    try (ClassArchive one = ClassArchive.open(command(jar), "clean", cache);
        ClassArchive other = ClassArchive.open(command(jar), "clean", cache)) {
      assertThat(has(one, MAKES)).isTrue();
      assertThat(other.command()).isEqualTo(command(jar));
    }
  }

  @Test
  void aRunThatFailedLeavesNothing() throws Exception {
    try (ClassArchive archive = ClassArchive.open(command(jar), "clean", cache)) {
      run(archive);
    }

    assertThat(cache).isEmptyDirectory();
  }

  @Test
  void whatTheJvmDoesNotTakeIsNotKept() throws Exception {
    try (ClassArchive archive = ClassArchive.open(command(jar), "clean", cache)) {
      archive.keep(); // empty, for nothing ran
    }

    assertThat(cache).isEmptyDirectory();
  }

  @Test
  void foldersAndForeignProgramsRunAsTheyWould() {
    EngineCommand foreign = new EngineCommand(List.of("torchrun", "mine.py"), Map.of());

    assertThat(ClassArchive.open(command(folder), "clean", cache).command())
        .isEqualTo(command(folder));
    assertThat(ClassArchive.open(foreign, "clean", cache).command()).isEqualTo(foreign);
  }

  @Test
  void aCacheThatCanNotBeWrittenChangesNothing() throws Exception {
    Files.writeString(cache, "a file");

    assertThat(ClassArchive.open(command(jar), "clean", cache).command()).isEqualTo(command(jar));
  }
}
