package dev.rootstock.contract;

/** A registered version of a model: {@code models/<name>/versions/000003.json}. */
public record ModelRef(String name, long version, CheckpointRef checkpoint) implements HandedOn {
  /** As people write it: {@code support@3}. */
  public String label() {
    return name + "@" + version;
  }
}
