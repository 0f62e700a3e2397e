/** What tells languages and their words apart: scripts, segmentation, identification. */
package dev.rootstock.preprocess.language;
