package dev.rootstock.contract;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Keys that a record once had. They are passed over when it is read, for requests and histories of
 * earlier versions still hold them, and never written.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Retired {
  String[] value();
}
