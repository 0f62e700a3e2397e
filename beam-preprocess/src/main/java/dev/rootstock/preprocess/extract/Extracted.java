package dev.rootstock.preprocess.extract;

import org.jspecify.annotations.Nullable;

/**
 * What a web page says.
 *
 * @param text paragraphs, list items and table rows on lines of their own; may be empty
 * @param title of the article, else of the page; null where the page names none
 * @param language as the page declares it, a BCP 47 tag in lower case; null where it does not
 */
public record Extracted(
    String text, @Nullable String title, @Nullable String language, Confidence confidence) {}
