package dev.rootstock.training.backend.cpu;

import dev.rootstock.contract.InvalidConfig;
import dev.rootstock.contract.ModelShape;
import dev.rootstock.contract.Problem;
import dev.rootstock.training.backend.AdapterGroup;
import dev.rootstock.training.backend.Backend;
import dev.rootstock.training.model.Learns;
import java.util.ArrayList;
import java.util.List;

/** Adapters of several jobs over one base: the base's products are done over all jobs' rows. */
public final class CpuGroup implements AdapterGroup {
  private final CpuBase shared;
  private final Backend base;
  private final List<Backend> jobs = new ArrayList<>();

  /**
   * All tensors are zero.
   *
   * @param all at least one, each an adapter
   * @throws InvalidConfig if one is not
   */
  public CpuGroup(ModelShape shape, List<Learns> all, int threads) {
    this(shape, all, threads, Measures.here());
  }

  CpuGroup(ModelShape shape, List<Learns> all, int threads, Measures measures) {
    for (Learns learns : all) {
      if (learns.adapter().isEmpty()) {
        throw new InvalidConfig(
            Problem.of("jobs", "one without lora", "adapters alone: a shared base is frozen"));
      }
    }
    shared = new CpuBase(shape, all, threads, measures);
    Learns nothing = all.get(0).ofBase(shape);
    base = new CpuBackend(shared, nothing, null, () -> {});
    Meeting meeting = new Meeting(shared, all.size());
    for (int i = 0; i < all.size(); i++) {
      CpuBackend alone = new CpuBackend(shared, all.get(i), shared.job(i), () -> {});
      jobs.add(new Member(alone, meeting, i));
    }
  }

  @Override
  public Backend base() {
    return base;
  }

  @Override
  public List<Backend> jobs() {
    return List.copyOf(jobs);
  }

  @Override
  public void close() {
    jobs.forEach(Backend::close);
    base.close();
    shared.close();
  }
}
