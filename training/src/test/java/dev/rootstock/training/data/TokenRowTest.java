package dev.rootstock.training.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootstock.training.backend.Batch;
import org.junit.jupiter.api.Test;

class TokenRowTest {
  private static final int NONE = Batch.IGNORED;

  private static int[] begins(int[] starts, int[] resumes, int... tokens) {
    int[] begins = new int[tokens.length - 1];
    new TokenRow(tokens, starts, resumes, tokens.length).begins(begins, 0);
    return begins;
  }

  @Test
  void aDocumentBeginsAtTheEndOfTextBeforeIt() {
    assertThat(begins(new int[] {1, 4}, new int[0], 0, 7, 8, 0, 9, 0))
        .containsExactly(0, 0, 0, 3, 3);
  }

  @Test
  void aCutDocumentGoesOnAtItsTokenOfContext() {
    assertThat(begins(new int[] {1}, new int[] {4}, 0, 7, 8, 0, 5, 6))
        .containsExactly(0, 0, 0, 0, 4);
  }

  @Test
  void aDocumentThatBeginsAtASharedTokenBeginsInBothRows() {
    assertThat(begins(new int[] {1, 4}, new int[0], 0, 7, 8, 0, 9)).containsExactly(0, 0, 0, 3);
    assertThat(begins(new int[] {0}, new int[0], 9, 8, 7)).containsExactly(0, 0);
  }

  @Test
  void fillingAndTokensOfContextAreNotPredicted() {
    int[] targets = new int[6];
    TokenRow row = new TokenRow(new int[] {0, 7, 0, 5, 6, 0, 0}, new int[] {1}, new int[] {3}, 6);
    row.targets(targets, 0);

    assertThat(targets).containsExactly(7, 0, NONE, 6, 0, NONE);
  }
}
