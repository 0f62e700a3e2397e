package dev.rootstock.training.backend.cpu;

import static java.lang.invoke.MethodType.methodType;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.bytedeco.javacpp.FloatPointer;

/**
 * By one memory segment over all addresses: the way of JDK 22 and later. Method handles, since this
 * is compiled by JDK 17, which knows none of it; being constants they cost nothing once compiled.
 */
final class SegmentAccess extends Access {
  private static final MethodHandle LOAD;
  private static final MethodHandle STORE;
  private static final MethodHandle GET;
  private static final MethodHandle PUT;

  static {
    MethodHandle load = null;
    MethodHandle store = null;
    MethodHandle get = null;
    MethodHandle put = null;
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      Class<?> segment = Class.forName("java.lang.foreign.MemorySegment");
      Class<?> layouts = Class.forName("java.lang.foreign.ValueLayout");
      Class<?> layout = Class.forName("java.lang.foreign.ValueLayout$OfFloat");
      Object none = segment.getField("NULL").get(null);
      Object all = segment.getMethod("reinterpret", long.class).invoke(none, Long.MAX_VALUE);
      Object floats = layouts.getField("JAVA_FLOAT_UNALIGNED").get(null);
      ByteOrder order = ByteOrder.nativeOrder();
      load =
          lookup.findStatic(
              FloatVector.class,
              "fromMemorySegment",
              methodType(
                  FloatVector.class, VectorSpecies.class, segment, long.class, ByteOrder.class));
      load = MethodHandles.insertArguments(load, 0, FLOATS, all);
      load = MethodHandles.insertArguments(load, 1, order);
      store =
          lookup.findVirtual(
              FloatVector.class,
              "intoMemorySegment",
              methodType(void.class, segment, long.class, ByteOrder.class));
      store = MethodHandles.insertArguments(store, 1, all);
      store = MethodHandles.insertArguments(store, 2, order);
      get = lookup.findVirtual(segment, "get", methodType(float.class, layout, long.class));
      get = MethodHandles.insertArguments(get, 0, all, floats);
      put =
          lookup.findVirtual(
              segment, "set", methodType(void.class, layout, long.class, float.class));
      put = MethodHandles.insertArguments(put, 0, all, floats);
    } catch (ReflectiveOperationException olderJdk) {
      load = null;
    }
    LOAD = load;
    STORE = store;
    GET = get;
    PUT = put;
  }

  /** Whether this JDK has it. */
  static boolean works() {
    return LOAD != null;
  }

  @Override
  Object memory(FloatPointer whole) {
    return null;
  }

  @Override
  long origin(FloatPointer whole) {
    return whole.address();
  }

  @Override
  long limit() {
    return Long.MAX_VALUE;
  }

  @Override
  FloatVector load(Object memory, long at) {
    try {
      return (FloatVector) LOAD.invokeExact(at);
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  @Override
  void store(FloatVector values, Object memory, long at) {
    try {
      STORE.invokeExact(values, at);
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  @Override
  float get(Object memory, long at) {
    try {
      return (float) GET.invokeExact(at);
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  @Override
  void put(Object memory, long at, float value) {
    try {
      PUT.invokeExact(at, value);
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  private static RuntimeException failed(Throwable e) {
    return e instanceof RuntimeException unchecked ? unchecked : new IllegalStateException(e);
  }
}
