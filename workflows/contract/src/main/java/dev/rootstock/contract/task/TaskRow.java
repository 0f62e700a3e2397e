package dev.rootstock.contract.task;

/**
 * One labelled example.
 *
 * @param text what is given; for a language model the whole text, for a chat a {@link Conversation}
 *     as JSON
 * @param answer the label or the wanted text; empty for a language model, of a chat the last one
 * @param file name of the file it stands in
 * @param line from 1, where the row begins
 */
public record TaskRow(String text, String answer, String file, long line) {}
