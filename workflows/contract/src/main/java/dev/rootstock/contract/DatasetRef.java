package dev.rootstock.contract;

/** All that is made of a corpus before training. */
public record DatasetRef(DocumentsRef documents, TokenizerRef tokenizer, TokensRef tokens)
    implements HandedOn {}
