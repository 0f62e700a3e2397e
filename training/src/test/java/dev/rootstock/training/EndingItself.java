package dev.rootstock.training;

import dev.rootstock.contract.CheckpointRef;
import dev.rootstock.contract.engine.EngineMain;
import dev.rootstock.contract.engine.PretrainOrder;
import dev.rootstock.contract.engine.ProgressLog;
import dev.rootstock.contract.engine.Stop;
import dev.rootstock.contract.engine.Verb;
import dev.rootstock.contract.store.ArtifactStore;
import dev.rootstock.contract.store.Checkpoints;
import dev.rootstock.contract.store.Stores;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/**
 * The engine, sending itself a signal at a known point: system property {@code signal} (TERM or
 * KILL), and {@code told} (once a line says this much, and the checkpoint of step {@code saved} is
 * there) or {@code publishing} (before a key that ends so is published).
 */
final class EndingItself {
  private EndingItself() {}

  public static void main(String[] arguments) {
    EngineMain.run(arguments, Map.of("pretrain", new Ending()));
  }

  private static final class Ending implements Verb<PretrainOrder> {
    @Override
    public Class<PretrainOrder> order() {
      return PretrainOrder.class;
    }

    @Override
    public CheckpointRef carryOut(PretrainOrder order, ProgressLog progress, Stop stop)
        throws IOException {
      String told = System.getProperty("told", "never told");
      String publishing = System.getProperty("publishing", "never published");
      long saved = Long.getLong("saved", 0);
      try (ArtifactStore store = Stores.open(order.attempt().store());
          ProgressLog heard =
              TinyWorld.log(
                  line -> {
                    if (line.contains(told) && !stop.asked()) {
                      awaitSaved(new Checkpoints(store, order.fingerprint()), saved);
                      signal(stop);
                    }
                  })) {
        return PretrainVerb.carryOut(
            order,
            new ObstinateStore(
                store,
                key -> {
                  if (key.endsWith(publishing)) {
                    signal(stop);
                  }
                }),
            heard,
            stop);
      }
    }

    private static void awaitSaved(Checkpoints checkpoints, long step) {
      try {
        while (step > 0 && checkpoints.whole().stream().noneMatch(each -> each.step() == step)) {
          Thread.onSpinWait();
        }
      } catch (IOException failed) {
        throw new IllegalStateException(failed);
      }
    }

    private static void signal(Stop stop) {
      String signal = System.getProperty("signal");
      try {
        new ProcessBuilder("kill", "-" + signal, String.valueOf(ProcessHandle.current().pid()))
            .start()
            .waitFor();
        if (signal.equals("KILL")) {
          new CountDownLatch(1).await(); // until it is dead
        }
      } catch (IOException | InterruptedException failed) {
        throw new IllegalStateException(failed);
      }
      while (!stop.asked()) {
        Thread.onSpinWait();
      }
    }
  }
}
