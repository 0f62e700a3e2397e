/** C4's rules (Raffel et al., 2020): they take lines out, and whole documents. */
package dev.rootstock.preprocess.clean.c4;
