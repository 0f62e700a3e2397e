package dev.rootstock.contract;

/**
 * What is made, where it lies in the store, and the semantic version of how it is made. Raise a
 * version when the same request would give other results than before: everything made by the old
 * way is then made anew.
 */
public enum Stage {
  CORPUS("corpora", 1),
  DOCUMENTS("documents", 2),
  /** Documents searched for test rows that came later. */
  SCREENING("screenings", 1),
  TOKENIZER("tokenizers", 1),
  TOKENS("tokens", 2),
  PRETRAIN("checkpoints", 1),
  FINETUNE("checkpoints", 1),
  /** A model that was trained elsewhere, taken over as it was. */
  IMPORT("checkpoints", 1),
  EVALUATION("evaluations", 1);

  private final String folder;
  private final int version;

  Stage(String folder, int version) {
    this.folder = folder;
    this.version = version;
  }

  /** The top folder in the store. */
  public String folder() {
    return folder;
  }

  public int version() {
    return version;
  }

  /** The artifact's folder: {@code documents/<fp>}. */
  public String at(Fingerprint fingerprint) {
    return folder + "/" + fingerprint.hex();
  }
}
