package dev.rootstock.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rootstock.contract.engine.Stopped;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 1, unit = TimeUnit.MINUTES)
class SaveThreadTest {
  @Test
  void isBusyUntilItsSaveIsWritten() throws Exception {
    CountDownLatch leave = new CountDownLatch(1);
    try (SaveThread thread = new SaveThread()) {
      assertThat(thread.busy()).isFalse();
      thread.begin(5, () -> pass(leave));
      assertThat(thread.busy()).isTrue();
      assertThatCode(thread::check).as("does not wait").doesNotThrowAnyException();
      leave.countDown();
      thread.await();
      assertThat(thread.busy()).isFalse();
    }
  }

  @Test
  void tellsOnceWhatASaveFailedWith() throws Exception {
    try (SaveThread thread = new SaveThread()) {
      thread.begin(
          5,
          () -> {
            throw new IOException("the disk is full");
          });
      assertThatThrownBy(thread::await)
          .isInstanceOf(IOException.class)
          .hasMessage("step 5 could not be saved: the disk is full");
      assertThatCode(thread::check).doesNotThrowAnyException();
    }
  }

  @Test
  void handsOnThatAnotherAttemptHasTakenOver() throws Exception {
    try (SaveThread thread = new SaveThread()) {
      thread.begin(
          5,
          () -> {
            throw new Stopped("Fenced");
          });
      assertThatThrownBy(thread::await).isInstanceOf(Stopped.class).hasMessage("Fenced");
    }
  }

  @Test
  void closingWaitsForTheSaveUnderWay() throws Exception {
    AtomicBoolean written = new AtomicBoolean();
    CountDownLatch leave = new CountDownLatch(1);
    SaveThread thread = new SaveThread();
    thread.begin(
        5,
        () -> {
          pass(leave);
          written.set(true);
        });
    leave.countDown();
    thread.close();

    assertThat(written).isTrue();
  }

  private static void pass(CountDownLatch latch) throws IOException {
    try {
      latch.await();
    } catch (InterruptedException interrupted) {
      throw new IOException(interrupted);
    }
  }
}
