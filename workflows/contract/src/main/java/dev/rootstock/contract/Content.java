package dev.rootstock.contract;

import java.util.Optional;

/**
 * What a file holds, whatever it is called and wherever it lies.
 *
 * @param sha256 lower-case hexadecimal, 64 characters
 * @param bytes its length
 * @param label for a file of bare lines in a {@code classify} task: the label of each line
 */
public record Content(String sha256, long bytes, Optional<String> label) {}
