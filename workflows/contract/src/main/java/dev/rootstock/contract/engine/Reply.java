package dev.rootstock.contract.engine;

import java.util.Optional;

/**
 * An interactive {@code generate}'s answer to one line of standard input, itself one line of
 * standard output.
 *
 * @param text what follows the prompt; empty where there is a problem
 * @param problem why the line could not be answered
 */
public record Reply(String text, Optional<String> problem)
    implements dev.rootstock.contract.HandedOn {}
