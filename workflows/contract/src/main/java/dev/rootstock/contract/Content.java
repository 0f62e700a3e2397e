package dev.rootstock.contract;

import java.util.Optional;

/**
 * What a file holds, whatever it is called and wherever it lies.
 *
 * @param sha256 lower-case hexadecimal, 64 characters
 * @param bytes its length
 * @param label what the file's name decides: the label of each line in a task's file of bare lines;
 *     in a corpus, the format ({@code text}, {@code markdown}, {@code jsonl}) that the name tells
 */
public record Content(String sha256, long bytes, Optional<String> label) {}
