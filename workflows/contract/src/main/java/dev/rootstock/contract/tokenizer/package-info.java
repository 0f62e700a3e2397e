/** Text to token ids and back, one and the same for preprocessing and training. */
package dev.rootstock.contract.tokenizer;
