/** Rules of every recipe: size, address, language, blocked words. */
package dev.rootstock.preprocess.clean.basic;
