package dev.rootstock.contract;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A record that may also be written as bare text: {@code clean: basic} for {@code clean: {recipe:
 * basic}}. With an empty value the text is itself the key of an empty map: {@code runner: spark}
 * for {@code runner: {spark: {}}}.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Shorthand {
  /** The component that the bare text stands for. */
  String value() default "";
}
