package dev.rootstock.contract.engine;

import dev.rootstock.contract.HandedOn;
import java.util.List;

/**
 * What one process did of an {@link AdaptersBenchOrder}.
 *
 * @param losses of all steps of each job, in the order's order, in nats a token
 * @param learned sha256 of each job's adapter after its last step
 * @param stepSeconds of all timed steps of all jobs
 * @param seconds from the start of the virtual machine to the last step
 * @param cpuSeconds of all threads of the process, likewise
 * @param trained values of one adapter
 * @param peakBytes most memory that the process held, as the system counts it; 0 if it does not
 */
public record AdaptersBenchRun(
    String backend,
    List<List<Double>> losses,
    List<String> learned,
    double stepSeconds,
    double seconds,
    double cpuSeconds,
    long trained,
    long peakBytes)
    implements HandedOn {
  public AdaptersBenchRun {
    losses = losses.stream().map(List::copyOf).toList();
    learned = List.copyOf(learned);
  }
}
