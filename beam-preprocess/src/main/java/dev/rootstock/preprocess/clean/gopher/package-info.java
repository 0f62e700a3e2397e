/** Gopher's rules (Rae et al., 2021, table A1 and section A.1): repetition and quality. */
package dev.rootstock.preprocess.clean.gopher;
