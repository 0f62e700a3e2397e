package dev.rootstock.contract.engine;

/** How an engine ends. */
public final class EngineExit {
  /** Done, and the result file is there. */
  public static final int DONE = 0;

  /** Something broke; try again. */
  public static final int FAILED = 1;

  /** The order is wrong; trying again can not help. The problems are in the result file. */
  public static final int INVALID = 2;

  /**
   * The training diverged or the corpus is unfit: trying again would end the same. The reason is in
   * the result file.
   */
  public static final int HOPELESS = 3;

  /** Stopped early after saving; another attempt goes on from there (sysexits' EX_TEMPFAIL). */
  public static final int RESUMABLE = 75;

  /** Ended by SIGTERM: as {@link #RESUMABLE}, for what it saved is in the store. */
  public static final int TERMINATED = 143;

  private EngineExit() {}
}
