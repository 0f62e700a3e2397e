package dev.rootstock.preprocess.compare;

import dev.rootstock.preprocess.Document.Origin;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * All that is compared of a document; its text stays where it is.
 *
 * @param id of the document
 * @param origin decides which of several copies is kept: the least
 * @param bundle index of the bundle of files it was read with
 * @param bytes UTF-8 length of the text
 * @param signature null if near duplicates are not asked for, or the text is too short for one
 * @param units lines or spans; none if repeats are kept
 */
public record Sketch(
    Hash128 id, Origin origin, int bundle, long bytes, @Nullable Signature signature, Units units)
    implements Serializable {

  Sketch withoutSignature() {
    return new Sketch(id, origin, bundle, bytes, null, units);
  }

  /** Documents with one node are near duplicates beyond doubt. */
  Hash128 node() {
    return signature == null ? id : signature.whole();
  }
}
