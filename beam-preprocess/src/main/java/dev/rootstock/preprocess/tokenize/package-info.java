/** A tokenizer learned from documents, and documents packed into rows of tokens. */
package dev.rootstock.preprocess.tokenize;
