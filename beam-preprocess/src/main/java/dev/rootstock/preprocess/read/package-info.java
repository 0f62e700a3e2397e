/** Files of a corpus to documents: formats, character sets, normalisation. */
package dev.rootstock.preprocess.read;
