package dev.rootstock.training.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Rows of some row groups, numbered through them, in a local scratch file of plain int32: any row
 * is one read. The file vanishes with the process. Thread-safe after {@link #of}.
 */
final class TokenRows implements AutoCloseable {
  private final FileChannel scratch;
  private final int rowTokens;
  private final List<int[]> starts = new ArrayList<>(); // by row
  private final List<int[]> resumes = new ArrayList<>();
  private final List<Integer> lengths = new ArrayList<>();

  private TokenRows(FileChannel scratch, int rowTokens) {
    this.scratch = scratch;
    this.rowTokens = rowTokens;
  }

  /** Fetches row groups, in order. */
  static TokenRows of(TokenShards shards, int... groups) throws IOException {
    Path file = Files.createTempFile("rootstock-tokens", ".int32");
    TokenRows rows =
        new TokenRows(
            FileChannel.open(
                file,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE,
                StandardOpenOption.DELETE_ON_CLOSE),
            shards.rowTokens());
    try {
      for (int group : groups) {
        shards.read(group, rows::add);
      }
      return rows;
    } catch (IOException | RuntimeException e) {
      rows.close();
      throw e;
    }
  }

  private void add(ByteBuffer tokens, int[] starts, int[] resumes, int length) throws IOException {
    while (tokens.hasRemaining()) {
      scratch.write(tokens);
    }
    this.starts.add(starts);
    this.resumes.add(resumes);
    lengths.add(length);
  }

  int rows() {
    return lengths.size();
  }

  TokenRow read(int row) throws IOException {
    int size = Integer.BYTES * rowTokens;
    ByteBuffer bytes = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    while (bytes.hasRemaining()) {
      if (scratch.read(bytes, (long) row * size + bytes.position()) < 0) {
        throw new IOException("the scratch file of tokens is shorter than its " + rows() + " rows");
      }
    }
    int[] tokens = new int[rowTokens];
    bytes.flip().asIntBuffer().get(tokens);
    return new TokenRow(tokens, starts.get(row), resumes.get(row), lengths.get(row));
  }

  @Override
  public void close() throws IOException {
    scratch.close();
  }
}
