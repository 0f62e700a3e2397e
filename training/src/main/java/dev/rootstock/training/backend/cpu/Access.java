package dev.rootstock.training.backend.cpu;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;
import org.bytedeco.javacpp.FloatPointer;

/**
 * Vectors in and out of off-heap memory. JDK 17's Vector API reads byte buffers, later ones memory
 * segments, and neither has the other's methods: this is the only place that differs.
 */
abstract class Access {
  static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
  static final int LANES = FLOATS.length();
  static final int BYTES = Float.BYTES;
  static final long STRIDE = (long) LANES * BYTES; // of one vector

  /** A constant, so that compiled code sees which. */
  static final Access HERE = SegmentAccess.works() ? new SegmentAccess() : new BufferAccess();

  private static final VectorMask<Float>[] TAILS = masks();

  /** What addresses a piece of memory; may be null where addresses alone do. */
  abstract Object memory(FloatPointer whole);

  /** The place of the first element in {@link #memory}. */
  abstract long origin(FloatPointer whole);

  /** Bytes that one piece of memory may have. */
  abstract long limit();

  abstract FloatVector load(Object memory, long at);

  abstract void store(FloatVector values, Object memory, long at);

  abstract float get(Object memory, long at);

  abstract void put(Object memory, long at, float value);

  /**
   * The first {@code count} values and zeroes. Reads beyond them: every {@link Slab} ends with room
   * for that.
   */
  final FloatVector loadFirst(Object memory, long at, int count) {
    return load(memory, at).blend(0, TAILS[LANES - count]);
  }

  /** Stores the first {@code count} values; what follows them keeps its own. */
  final void storeFirst(FloatVector values, Object memory, long at, int count) {
    FloatVector kept = load(memory, at);
    store(values.blend(kept, TAILS[LANES - count]), memory, at);
  }

  /** Zero after the first {@code count}. */
  static FloatVector first(FloatVector values, int count) {
    return values.blend(0, TAILS[LANES - count]);
  }

  /** By how many lanes at the end are set. */
  private static VectorMask<Float>[] masks() {
    @SuppressWarnings({"unchecked", "rawtypes"})
    VectorMask<Float>[] masks = new VectorMask[LANES + 1];
    for (int last = 0; last <= LANES; last++) {
      masks[last] = FLOATS.indexInRange(0, LANES - last).not();
    }
    return masks;
  }
}
