package dev.rootstock.contract;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What a record's component is when a file, a form or an order leaves it out, as JSON. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Default {
  /** JSON text, for example {@code 20}, {@code "basic"} with its quotes, or {@code {}}. */
  String value();
}
