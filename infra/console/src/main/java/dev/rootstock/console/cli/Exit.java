package dev.rootstock.console.cli;

/** How the command ends. 130 and 143 are the JVM's own, on signals. */
final class Exit {
  static final int DONE = 0;
  static final int FAILED = 1;

  /** The command or a file is wrong; nothing was started. */
  static final int WRONG_USE = 2;

  /** {@code plan --detailed-exitcode}: there is work to do. */
  static final int WORK_TO_DO = 2;

  /** Stopped after saving; the same command goes on (sysexits' EX_TEMPFAIL). */
  static final int RESUMABLE = 75;

  private Exit() {}
}
