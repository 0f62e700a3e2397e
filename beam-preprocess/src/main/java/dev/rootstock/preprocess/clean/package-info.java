/** Which documents are kept, which are dropped and why, and which are held out. */
package dev.rootstock.preprocess.clean;
