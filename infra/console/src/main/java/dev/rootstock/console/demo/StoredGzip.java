package dev.rootstock.console.demo;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32;

/**
 * A gzip file whose blocks are stored, not deflated: how well zlib packs depends on the zlib a JDK
 * was built with, and bytes that differ between machines would make another corpus of the same
 * text.
 */
final class StoredGzip {
  private static final int BLOCK = 0xFFFF; // bytes; RFC 1951 counts a stored block in 16 bits

  private StoredGzip() {}

  static byte[] of(byte[] content) {
    int blocks = Math.max(1, (content.length + BLOCK - 1) / BLOCK);
    ByteBuffer file =
        ByteBuffer.allocate(10 + 5 * blocks + content.length + 8).order(ByteOrder.LITTLE_ENDIAN);
    file.putShort((short) 0x8B1F)
        .put((byte) 8)
        .put((byte) 0)
        .putInt(0)
        .put((byte) 0)
        .put((byte) 255); // RFC 1952
    for (int block = 0; block < blocks; block++) {
      int length = Math.min(BLOCK, content.length - block * BLOCK);
      file.put((byte) (block == blocks - 1 ? 1 : 0))
          .putShort((short) length)
          .putShort((short) ~length);
      file.put(content, block * BLOCK, length);
    }
    CRC32 sum = new CRC32();
    sum.update(content);
    return file.putInt((int) sum.getValue()).putInt(content.length).array();
  }
}
