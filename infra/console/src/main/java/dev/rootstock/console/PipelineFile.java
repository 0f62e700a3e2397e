package dev.rootstock.console;

import dev.rootstock.contract.CanonicalJson;
import dev.rootstock.contract.InvalidConfig;
import dev.rootstock.contract.Json;
import dev.rootstock.contract.Problem;
import dev.rootstock.contract.pipeline.PipelineSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A pipeline file and the overrides behind it, with the place of every value. Whatever is wrong is
 * told at once. Relative paths in it (store, sources, data) are relative to the current directory,
 * not to the file. Not thread-safe.
 */
public final class PipelineFile {
  private static final Comparator<WrongFile.Fault> BY_PLACE =
      Comparator.comparing(
              (WrongFile.Fault fault) -> fault.place().line() == 0) // the command line comes last
          .thenComparing(fault -> fault.place().line())
          .thenComparing(fault -> fault.place().column());
  private static final Pattern LISTED =
      Pattern.compile("(.+):(\\d{1,9})(?: (.+))?"); // a line of a list of jobs, and a key in it
  private static final int ROUNDS = 12; // each takes out a level of the tree, which has fewer
  private static final Map<String, String> STAND_INS =
      Map.of("name", "unnamed", "base", "unnamed@unnamed");

  private final MarkedTree tree;
  private final List<WrongFile.Fault> faults;

  private PipelineFile(MarkedTree tree, List<WrongFile.Fault> faults) {
    this.tree = tree;
    this.faults = faults;
  }

  /**
   * Reads a file and applies overrides ({@link Overrides}).
   *
   * @throws WrongFile if it can not be read, or is not YAML; what else is wrong is told by {@link
   *     #spec}
   */
  public static PipelineFile read(Path file, List<String> overrides) {
    return read(file, overrides, System::getenv);
  }

  static PipelineFile read(
      Path file, List<String> overrides, UnaryOperator<@Nullable String> environment) {
    List<WrongFile.Fault> faults = new ArrayList<>();
    MarkedTree tree = YamlText.read(text(file), file.toString(), environment, faults);
    faults.addAll(new Overrides(tree, PipelineSpec.class, environment).apply(overrides));
    return new PipelineFile(tree, faults);
  }

  /**
   * Reads a file that holds one finetune, a list of them, or {@code finetunes:} with a list, for a
   * registered base.
   *
   * @param base {@code NAME@ALIAS} or {@code NAME@VERSION}
   */
  public static PipelineFile readTask(
      Path file, String store, String base, List<String> overrides) {
    List<WrongFile.Fault> faults = new ArrayList<>();
    MarkedTree written = YamlText.read(text(file), file.toString(), System::getenv, faults);
    String name = base.contains("@") ? base.substring(0, base.indexOf('@')) : base;
    Map<String, Object> beside =
        new LinkedHashMap<>(Map.of("name", name, "store", store, "base", base));
    MarkedTree tree;
    if (written.tree() instanceof Map<?, ?> map && map.containsKey("finetunes")) {
      tree = written;
      beside.forEach((key, value) -> tree.put(key, new MarkedTree(value, Place.commandLine())));
    } else if (written.tree() instanceof Map<?, ?>) {
      MarkedTree list = new MarkedTree(new ArrayList<>(), written.place(""));
      list.put("0", written);
      tree = list.under("finetunes", beside);
    } else {
      tree = written.under("finetunes", beside);
    }
    faults.addAll(new Overrides(tree, PipelineSpec.class, System::getenv).apply(overrides));
    return new PipelineFile(tree, faults);
  }

  /**
   * The finetunes of a pipeline file, or of a file for {@link #readTask}.
   *
   * @throws WrongFile as {@link #spec} does
   */
  static PipelineSpec readFinetunes(Path file) {
    PipelineFile read = read(file, List.of());
    boolean whole = read.tree.find("corpus").isPresent() || read.tree.find("base").isPresent();
    return (whole ? read : readTask(file, "unnamed", "unnamed@unnamed", List.of()))
        .spec(sound -> List.of());
  }

  /** Where a dotted path was written, or the nearest part of it that was. */
  public Place place(String path) {
    return tree.place(path.matches("[A-Z_]+") ? "store" : path); // a variable that a store needs
  }

  /** A problem where it was written: in this file, or in a list of jobs that it names. */
  public WrongFile.Fault fault(Problem problem) {
    Matcher listed = LISTED.matcher(problem.path());
    if (!listed.matches()) {
      return WrongFile.Fault.of(place(problem.path()), problem);
    }
    String key = listed.group(3) == null ? "the line" : listed.group(3);
    return WrongFile.Fault.of(
        new Place(listed.group(1), Integer.parseInt(listed.group(2)), 1),
        new Problem(key, problem.found(), problem.wanted(), problem.remedy()));
  }

  /** The resolved file as JSON, for the record. */
  public String json() {
    return Json.pretty(tree.tree());
  }

  /**
   * The pipeline.
   *
   * @param preflight what else is wrong with a pipeline whose words are right: files, stores,
   *     columns
   * @throws WrongFile with every fault of file, overrides and preflight
   */
  public PipelineSpec spec(Function<PipelineSpec, List<Problem>> preflight) {
    List<WrongFile.Fault> all = new ArrayList<>(faults);
    Set<String> known = new HashSet<>();
    PipelineSpec spec = null;
    MarkedTree healed = tree;
    // A record is checked as a whole only once its parts are sound. So take the bad parts out, and
    // look again.
    for (int round = 0; spec == null && round < ROUNDS; round++) {
      try {
        spec = CanonicalJson.fromTree(healed.tree(), PipelineSpec.class);
      } catch (InvalidConfig invalid) {
        List<Problem> fresh =
            invalid.problems().stream().filter(problem -> !covered(problem.path(), known)).toList();
        fresh.forEach(problem -> all.add(WrongFile.Fault.of(tree.place(problem.path()), problem)));
        for (Problem problem : invalid.problems()) {
          healed = healed(healed, problem.path(), fresh.contains(problem), known);
        }
      }
    }
    if (spec != null) {
      for (Problem problem : preflight.apply(spec)) {
        if (!covered(problem.path(), known)) {
          all.add(fault(problem));
        }
      }
    }
    if (!all.isEmpty() || spec == null) {
      throw new WrongFile(all.stream().distinct().sorted(BY_PLACE).toList());
    }
    return spec;
  }

  /**
   * The tree without a value at fault, or, if that did not help, without what holds it; {@code
   * gone} gets its path.
   */
  private static MarkedTree healed(MarkedTree tree, String path, boolean fresh, Set<String> gone) {
    gone.add(path);
    Optional<String> stand = Optional.ofNullable(STAND_INS.get(path));
    if (stand.isPresent()) {
      MarkedTree healed = tree.without(path);
      healed.put(path, new MarkedTree(stand.get(), tree.place(path)));
      return healed;
    }
    boolean holder = !fresh || tree.find(path).isEmpty() || required(path);
    String out = holder ? MarkedTree.parent(path) : path;
    while (out.matches("(.*\\.)?\\d+")) { // other items would get other indices
      out = MarkedTree.parent(out);
    }
    if (out.isEmpty()) {
      return tree;
    }
    gone.add(out);
    return tree.without(out);
  }

  private static boolean required(String path) {
    return path.matches("finetunes\\.\\d+\\.(name|task|data)|corpus\\.sources\\.\\d+\\.path");
  }

  private static boolean covered(String path, Set<String> gone) {
    for (String at = path; ; at = MarkedTree.parent(at)) {
      if (gone.contains(at)) {
        return true;
      }
      if (at.isEmpty()) {
        return false;
      }
    }
  }

  private static String text(Path file) {
    try {
      return TextFile.read(file);
    } catch (IOException unreadable) {
      throw new WrongFile(
          new Place(file.toString(), 0, 0), String.valueOf(unreadable.getMessage()));
    }
  }
}
