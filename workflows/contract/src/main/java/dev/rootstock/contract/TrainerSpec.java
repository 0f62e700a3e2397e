package dev.rootstock.contract;

/**
 * A trainer that is not ours, as a pipeline asks for it. Part of the base's fingerprint, for it
 * decides the result; which program it is, each worker's owner says.
 *
 * @param version its own; raised when the same order would come to another result
 */
public record TrainerSpec(String name, int version) {
  public TrainerSpec {
    new Check().name("name", name).positive("version", version).done();
  }

  @Override
  public String toString() {
    return name + ", version " + version;
  }
}
