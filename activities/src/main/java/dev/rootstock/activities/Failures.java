package dev.rootstock.activities;

import dev.rootstock.contract.InvalidConfig;
import dev.rootstock.contract.engine.Hopeless;
import dev.rootstock.workflows.Problems;
import io.temporal.activity.Activity;
import io.temporal.failure.ApplicationFailure;
import java.util.concurrent.Callable;

/** Faults as histories hold them: what can not get better by trying again says so. */
public final class Failures {
  private static final int LONGEST =
      2000; // characters of a message; histories cut failures at 4 KiB

  private Failures() {}

  /** Carries out one step; whatever it throws comes out as a history's failure. */
  public static <T> T told(Callable<T> step) {
    try {
      return step.call();
    } catch (InvalidConfig invalid) {
      throw of(invalid);
    } catch (Hopeless hopeless) {
      throw ApplicationFailure.newNonRetryableFailure(
          brief(hopeless.getMessage()), hopeless.kind());
    } catch (Exception fault) {
      throw Activity.wrap(fault);
    }
  }

  /** Type {@code InvalidConfig}, not to be retried; the details hold every problem. */
  public static ApplicationFailure of(InvalidConfig invalid) {
    return ApplicationFailure.newNonRetryableFailure(
        brief(invalid.getMessage()), Problems.INVALID, new Problems(invalid.problems()));
  }

  static String brief(String words) {
    return words != null && words.length() > LONGEST ? words.substring(0, LONGEST) + "…" : words;
  }
}
