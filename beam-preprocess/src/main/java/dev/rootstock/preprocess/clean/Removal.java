package dev.rootstock.preprocess.clean;

import dev.rootstock.preprocess.Document;
import dev.rootstock.preprocess.Dropped;
import java.io.Serializable;
import java.util.Optional;

/** What is taken out of a document that passed the rules, for the sake of what stands elsewhere. */
public interface Removal extends Serializable {
  /** Of the document. */
  Document.Origin origin();

  /** The document as it is dropped; empty if something of it stays. */
  Optional<Dropped> dropped(Document document);

  /** The text that stays, where the document is not dropped. */
  String left(Document document);

  /** Whether the document is dropped whatever its text. */
  boolean whole();

  /** All of the above as a line, for a segment's name. */
  String line();
}
