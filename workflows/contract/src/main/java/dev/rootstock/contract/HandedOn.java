package dev.rootstock.contract;

/**
 * Marks what a stage hands on or leaves behind. A reader skips keys it does not know in it, for a
 * newer program may have written it; in everything else, which is asked for by people, an unknown
 * key is a mistake and refused.
 */
public interface HandedOn {}
