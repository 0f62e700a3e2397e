/** A pipeline as a person writes it: every choice, with what it is where it is left out. */
package dev.rootstock.contract.pipeline;
