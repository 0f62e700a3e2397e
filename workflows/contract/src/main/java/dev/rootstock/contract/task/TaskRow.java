package dev.rootstock.contract.task;

/**
 * One labelled example.
 *
 * @param text what is given; for a language model the whole text
 * @param answer the label or the wanted text; empty for a language model
 * @param file name of the file it stands in
 * @param line from 1, where the row begins
 */
public record TaskRow(String text, String answer, String file, long line) {}
