package dev.rootstock.workflows;

import dev.rootstock.contract.Fingerprint;
import dev.rootstock.contract.HandedOn;
import dev.rootstock.contract.PretrainSpec;
import dev.rootstock.contract.engine.Cadence;

/**
 * A base to grow.
 *
 * @param dataset what it is grown on
 * @param base the fingerprint it will have
 */
public record Growth(
    DatasetRequest dataset, Fingerprint base, PretrainSpec pretrain, Cadence cadence)
    implements HandedOn {}
