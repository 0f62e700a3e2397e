package dev.rootstock.workflows;

import dev.rootstock.contract.Ancestor;
import dev.rootstock.contract.Fingerprint;
import dev.rootstock.contract.HandedOn;
import dev.rootstock.contract.PretrainSpec;
import dev.rootstock.contract.engine.Cadence;
import java.util.Optional;

/**
 * A base to grow.
 *
 * @param dataset what it is grown on
 * @param base the fingerprint it will have
 * @param ancestor that it goes on from
 */
public record Growth(
    DatasetRequest dataset,
    Fingerprint base,
    PretrainSpec pretrain,
    Cadence cadence,
    Optional<Ancestor> ancestor)
    implements HandedOn {}
