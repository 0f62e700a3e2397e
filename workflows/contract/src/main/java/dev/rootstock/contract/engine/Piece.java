package dev.rootstock.contract.engine;

import dev.rootstock.contract.HandedOn;

/**
 * Part of an interactive {@code generate}'s answer, on a line of standard output, before the {@link
 * Reply} that holds all of it.
 *
 * @param piece whole characters, never part of a text that ends the answer
 */
public record Piece(String piece) implements HandedOn {}
