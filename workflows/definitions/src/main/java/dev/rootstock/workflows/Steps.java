package dev.rootstock.workflows;

import io.temporal.activity.ActivityCancellationType;
import io.temporal.activity.ActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.workflow.Workflow;
import java.time.Duration;

/**
 * Every queue, timeout and retry rule on one page. A step is retried until it works, unless its
 * failure says that trying again can not help: whoever throws decides that, by throwing what is not
 * retryable.
 *
 * @param control find, name, record: seconds
 * @param attach waits for a shared stage, however long
 * @param data Beam
 * @param train pretraining: never given up on by count, for a device that is reclaimed daily is no
 *     fault
 * @param graft finetuning
 * @param window most finetunes of one list at once
 * @param events most that one history of a list gets before it goes on as new; servers suggest
 *     4,096
 */
public record Steps(
    Step control, Step attach, Step data, Step train, Step graft, int window, int events) {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  public static final Steps DEFAULT =
      new Steps(
          Step.without(
              Queues.CONTROL, Duration.ofMinutes(5), new Retry(Duration.ofSeconds(1), MINUTE, 20)),
          new Step(
              Queues.ATTACH,
              Duration.ofDays(30),
              MINUTE,
              new Retry(Duration.ofSeconds(5), MINUTE, 0)),
          new Step(
              Queues.DATA,
              Duration.ofHours(24),
              Duration.ofMinutes(2),
              new Retry(Duration.ofSeconds(30), Duration.ofMinutes(10), 10)),
          new Step(
              Queues.TRAIN,
              Duration.ofDays(14),
              Duration.ofSeconds(90),
              new Retry(Duration.ofSeconds(30), Duration.ofMinutes(10), 0)),
          new Step(
              Queues.GRAFT,
              Duration.ofHours(2),
              MINUTE,
              new Retry(Duration.ofSeconds(5), Duration.ofMinutes(5), 10)),
          50,
          4096);

  /**
   * One kind of activity.
   *
   * @param limit of one attempt, from its start; waiting for a free worker is no failure and has no
   *     limit
   * @param heartbeat silence after which an attempt is given up; zero: none is expected. Beats come
   *     at a sixth of it
   */
  public record Step(String queue, Duration limit, Duration heartbeat, Retry retry) {
    static Step without(String queue, Duration limit, Retry retry) {
      return new Step(queue, limit, Duration.ZERO, retry);
    }

    /** A stub; to be asked for within a workflow. */
    <T> T on(Class<T> activities) {
      ActivityOptions.Builder options =
          ActivityOptions.newBuilder()
              .setTaskQueue(queue)
              .setStartToCloseTimeout(limit)
              .setCancellationType(ActivityCancellationType.WAIT_CANCELLATION_COMPLETED)
              .setRetryOptions(retry.options());
      if (!heartbeat.isZero()) {
        options.setHeartbeatTimeout(heartbeat);
      }
      return Workflow.newActivityStub(activities, options.build());
    }
  }

  /**
   * The wait between attempts doubles.
   *
   * @param first wait
   * @param most longest wait
   * @param attempts in all; 0: without end
   */
  public record Retry(Duration first, Duration most, int attempts) {
    RetryOptions options() {
      return RetryOptions.newBuilder()
          .setInitialInterval(first)
          .setBackoffCoefficient(2)
          .setMaximumInterval(most)
          .setMaximumAttempts(attempts)
          .build();
    }
  }
}
