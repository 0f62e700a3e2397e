package dev.rootstock.contract;

import java.util.Optional;

/**
 * What a finetune came to.
 *
 * @param scores on the test rows, of the best state by the dev rows
 * @param before of the untouched base on the same rows; empty where training began from scratch
 * @param heldOutBefore the base's bits per byte on the pretraining corpus' held-out documents;
 *     empty from scratch
 * @param heldOutAfter the same of the finetuned model: the difference is what was forgotten
 * @param trainRows rows trained on
 * @param steps taken, those after the best state included
 * @param trainable values that learned
 * @param sample one test row with its answer, for people
 */
public record FinetuneResult(
    CheckpointRef checkpoint,
    Scores scores,
    Optional<Scores> before,
    Optional<Double> heldOutBefore,
    Optional<Double> heldOutAfter,
    long trainRows,
    long steps,
    long trainable,
    Spent spent,
    Optional<String> sample)
    implements HandedOn {}
