package dev.rootstock.training;

import dev.rootstock.contract.CheckpointRef;
import dev.rootstock.contract.FinetuneResult;
import dev.rootstock.contract.FinetuneSpec;
import dev.rootstock.contract.InvalidConfig;
import dev.rootstock.contract.Problem;
import dev.rootstock.contract.Stage;
import dev.rootstock.contract.engine.Failure;
import dev.rootstock.contract.engine.FinetuneOrder;
import dev.rootstock.contract.engine.FinetunesOrder;
import dev.rootstock.contract.engine.FinetunesResult;
import dev.rootstock.contract.engine.Hopeless;
import dev.rootstock.contract.engine.ProgressLog;
import dev.rootstock.contract.engine.Stop;
import dev.rootstock.contract.engine.Stopped;
import dev.rootstock.contract.engine.Verb;
import dev.rootstock.contract.store.ArtifactStore;
import dev.rootstock.contract.store.Artifacts;
import dev.rootstock.contract.store.Manifest;
import dev.rootstock.contract.store.Stores;
import dev.rootstock.training.backend.AdapterGroup;
import dev.rootstock.training.backend.Backend;
import dev.rootstock.training.backend.Backends;
import dev.rootstock.training.model.Learns;
import dev.rootstock.training.optimize.MemoryNeed;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Adapters of several finetunes over one base, which is held once. Each comes to what {@link
 * FinetuneVerb} makes of it, and fails alone.
 */
final class FinetunesVerb implements Verb<FinetunesOrder> {
  @Override
  public Class<FinetunesOrder> order() {
    return FinetunesOrder.class;
  }

  @Override
  public FinetunesResult carryOut(FinetunesOrder order, ProgressLog progress, Stop stop)
      throws IOException {
    check(order);
    try (ArtifactStore store = Stores.open(order.attempt().store())) {
      return new Together(order, store, progress, stop).carryOut();
    }
  }

  private static void check(FinetunesOrder order) {
    List<Problem> problems = new ArrayList<>();
    if (order.jobs().isEmpty()) {
      problems.add(Problem.of("jobs", "none", "at least one"));
    }
    for (int i = 0; i < order.jobs().size(); i++) {
      FinetuneOrder job = order.jobs().get(i);
      FinetuneOrder first = order.jobs().get(0);
      String at = "jobs." + i + ".";
      if (job.finetune().lora().isEmpty()) {
        problems.add(Problem.of(at + "finetune.lora", "missing", "given: the base is shared"));
      }
      if (job.base().isEmpty() || !job.base().equals(first.base())) {
        problems.add(
            Problem.of(
                at + "base",
                job.base().map(CheckpointRef::location).orElse("missing"),
                "that of the first job: " + first.base().map(CheckpointRef::location)));
      }
      if (!job.finetune().numeric().equals(first.finetune().numeric())) {
        problems.add(
            Problem.of(
                at + "finetune.numeric",
                job.finetune().numeric(),
                "that of the first job: " + first.finetune().numeric()));
      }
      if (!job.attempt().store().equals(order.attempt().store())) {
        problems.add(
            Problem.of(
                at + "attempt.store",
                job.attempt().store(),
                "that of all: " + order.attempt().store()));
      }
    }
    if (!problems.isEmpty()) {
      throw new InvalidConfig(problems);
    }
  }

  /** One order under way. */
  private static final class Together {
    private final FinetunesOrder order;
    private final ArtifactStore store;
    private final ProgressLog progress;
    private final Stop stop;
    private final AtomicReferenceArray<FinetunesResult.Job> ended; // by job
    private volatile Stopped stopped;

    Together(FinetunesOrder order, ArtifactStore store, ProgressLog progress, Stop stop) {
      this.order = order;
      this.store = store;
      this.progress = progress;
      this.stop = stop;
      ended = new AtomicReferenceArray<>(order.jobs().size());
    }

    private interface Work {
      Optional<FinetuneResult> result() throws IOException;
    }

    FinetunesResult carryOut() throws IOException {
      Map<Integer, Graft> grafts = new TreeMap<>();
      for (int i = 0; i < order.jobs().size(); i++) {
        int job = i;
        attempt(job, () -> found(job, grafts));
      }
      if (!grafts.isEmpty()) {
        learn(grafts);
      }
      if (stopped != null) {
        throw stopped;
      }
      List<FinetunesResult.Job> jobs = new ArrayList<>();
      for (int i = 0; i < ended.length(); i++) {
        jobs.add(ended.get(i));
      }
      return new FinetunesResult(jobs);
    }

    /** What an earlier attempt made, or empty and one graft more. */
    private Optional<FinetuneResult> found(int job, Map<Integer, Graft> grafts) throws IOException {
      FinetuneOrder one = order.jobs().get(job);
      Optional<Manifest> finished = Artifacts.find(store, Stage.FINETUNE, one.fingerprint());
      if (finished.isEmpty()) {
        FinetuneVerb.check(one);
        Graft.Place place = new Graft.Place(job + 1, order.jobs().size());
        Graft graft = new Graft(one, store, place, progress, stop);
        graft.learns(); // targets that fit nothing are this job's fault alone
        grafts.put(job, graft);
      }
      return finished.map(manifest -> manifest.result(FinetuneResult.class));
    }

    private void learn(Map<Integer, Graft> grafts) throws IOException {
      FinetuneSpec any = order.jobs().get(0).finetune();
      Graft first = grafts.values().iterator().next();
      List<Learns> learns = grafts.values().stream().map(Graft::learns).toList();
      int threads = order.attempt().cores();
      List<Long> trained = learns.stream().map(each -> each.count(first.shape())).toList();
      int row = grafts.values().stream().mapToInt(Graft::longestRow).max().orElseThrow();
      Optional<AdapterGroup> opened = Backends.group(first.shape(), learns, any.numeric(), threads);
      if (opened.isEmpty()) {
        grafts.forEach((job, graft) -> attempt(job, () -> Optional.of(graft.alone())));
        return;
      }
      try (AdapterGroup group = opened.get()) {
        MemoryNeed.of(first.shape(), any.numeric(), trained, 1, threads, row).check();
        StoredModel.load(store, order.jobs().get(0).base().orElseThrow(), group.base());
        List<Thread> threadsOfJobs = new ArrayList<>();
        List<Backend> models = new ArrayList<>(group.jobs());
        grafts.forEach(
            (job, graft) -> {
              Backend model = models.remove(0);
              threadsOfJobs.add(
                  new Thread(
                      () -> attempt(job, () -> Optional.of(on(graft, model))), "job " + job));
            });
        threadsOfJobs.forEach(Thread::start);
        threadsOfJobs.forEach(Together::join);
      }
    }

    private static FinetuneResult on(Graft graft, Backend model) throws IOException {
      try (model) {
        graft.begin(model);
        return graft.on(model);
      }
    }

    /** Waits even when interrupted: a job still computes in memory that its group would free. */
    private static void join(Thread thread) {
      boolean interrupted = false;
      while (true) {
        try {
          thread.join();
          break;
        } catch (InterruptedException asked) {
          interrupted = true;
        }
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }

    private void attempt(int job, Work work) {
      try {
        work.result().ifPresent(result -> ends(job, Optional.of(result), Optional.empty()));
      } catch (InvalidConfig invalid) {
        fails(job, new Failure("InvalidConfig", invalid.getMessage(), invalid.problems()));
      } catch (Hopeless hopeless) {
        fails(job, new Failure(hopeless.kind(), hopeless.getMessage(), List.of()));
      } catch (Stopped early) {
        stopped = early;
      } catch (Throwable broken) {
        broken.printStackTrace();
        fails(job, new Failure(FinetunesResult.Job.BROKEN, broken.toString(), List.of()));
      }
    }

    private void fails(int job, Failure failure) {
      progress.tell("job " + (job + 1) + " of " + ended.length() + " failed: " + failure.message());
      ends(job, Optional.empty(), Optional.of(failure));
    }

    private void ends(int job, Optional<FinetuneResult> result, Optional<Failure> failure) {
      ended.set(job, new FinetunesResult.Job(order.jobs().get(job).fingerprint(), result, failure));
    }
  }
}
