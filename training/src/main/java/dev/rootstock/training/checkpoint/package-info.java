/**
 * Weights and training state as files: safetensors, Hugging Face and PEFT folders, checkpoints that
 * resume to the bit.
 */
package dev.rootstock.training.checkpoint;
