/**
 * Documents told apart without their texts: sketches of them, the duplicates and repeats among
 * these, and what to take out.
 */
package dev.rootstock.preprocess.compare;
