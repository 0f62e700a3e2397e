package dev.rootstock.training.backend;

import dev.rootstock.contract.InvalidConfig;
import dev.rootstock.contract.Numeric;
import dev.rootstock.contract.Problem;

/**
 * Which backend computes here.
 *
 * @param cpu whether it is the fast one; else the reference
 * @param why in a few words
 */
public record BackendChoice(boolean cpu, String why) {
  /** {@code auto}, {@code cpu} or {@code nd4j}; unset or empty: {@code auto}. */
  public static final String VARIABLE = "ROOTSTOCK_BACKEND";

  private static final String VECTORS = "jdk.incubator.vector";
  private static final String WANTED = "auto, cpu or nd4j";

  /** What this process will take. */
  public static BackendChoice here(Numeric numeric) {
    return of(System.getenv(VARIABLE), numeric, ModuleLayer.boot().findModule(VECTORS).isPresent());
  }

  /**
   * @param asked the variable's value; null: not set
   * @param vectors whether this JVM has the Vector API
   * @throws InvalidConfig for any other word, and where cpu is asked for and can not be
   */
  static BackendChoice of(String asked, Numeric numeric, boolean vectors) {
    boolean wide = numeric.dtype() == Numeric.Dtype.FLOAT64;
    return switch (asked == null || asked.isBlank() ? "auto" : asked.strip()) {
      case "auto" -> {
        if (wide) {
          yield new BackendChoice(false, "it alone computes in float64");
        }
        yield vectors
            ? new BackendChoice(true, "it is the fastest for float32 without a GPU")
            : new BackendChoice(false, "this JVM was started without --add-modules " + VECTORS);
      }
      case "nd4j" -> new BackendChoice(false, VARIABLE + " asks for it");
      case "cpu" -> {
        if (wide) {
          throw new InvalidConfig(
              Problem.of(
                  VARIABLE, "cpu", "auto or nd4j for float64; the cpu backend has float32 alone"));
        }
        if (!vectors) {
          throw new InvalidConfig(
              Problem.of(VARIABLE, "cpu", "a JVM that was started with --add-modules " + VECTORS));
        }
        yield new BackendChoice(true, VARIABLE + " asks for it");
      }
      default -> throw new InvalidConfig(Problem.of(VARIABLE, asked, WANTED));
    };
  }

  /** For the log. */
  String line() {
    return "backend " + (cpu ? "cpu" : "nd4j") + ": " + why;
  }
}
