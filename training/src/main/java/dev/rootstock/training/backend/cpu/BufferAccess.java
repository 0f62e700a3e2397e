package dev.rootstock.training.backend.cpu;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import org.bytedeco.javacpp.FloatPointer;

/** By byte buffers, each its own memory: JDK 17's way. */
final class BufferAccess extends Access {
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();

  @Override
  Object memory(FloatPointer whole) {
    return whole.asByteBuffer().order(ORDER);
  }

  @Override
  long origin(FloatPointer whole) {
    return 0;
  }

  @Override
  long limit() {
    return Integer.MAX_VALUE;
  }

  @Override
  FloatVector load(Object memory, long at) {
    return FloatVector.fromByteBuffer(FLOATS, (ByteBuffer) memory, (int) at, ORDER);
  }

  @Override
  void store(FloatVector values, Object memory, long at) {
    values.intoByteBuffer((ByteBuffer) memory, (int) at, ORDER);
  }

  @Override
  float get(Object memory, long at) {
    return ((ByteBuffer) memory).getFloat((int) at);
  }

  @Override
  void put(Object memory, long at, float value) {
    ((ByteBuffer) memory).putFloat((int) at, value);
  }
}
