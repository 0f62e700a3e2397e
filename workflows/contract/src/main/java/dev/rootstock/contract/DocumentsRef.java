package dev.rootstock.contract;

/**
 * Clean documents: Parquet parts under one folder of the store.
 *
 * @param documents kept, training and validation together
 * @param dropped kept elsewhere, with their reasons
 * @param bytes UTF-8 length of all kept text
 */
public record DocumentsRef(Fingerprint fingerprint, long documents, long dropped, long bytes)
    implements HandedOn {}
