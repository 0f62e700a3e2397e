/** One training, timed step by step, beside what another program does of it. */
package dev.rootstock.training.bench;
