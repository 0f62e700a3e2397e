package dev.rootstock.preprocess;

import java.io.Serializable;

/**
 * A document that is not learned from.
 *
 * @param rule {@code recipe/rule/version}
 * @param detail the value found and the threshold, or the kept twin
 */
public record Dropped(Document document, Reason reason, String rule, String detail)
    implements Serializable {}
