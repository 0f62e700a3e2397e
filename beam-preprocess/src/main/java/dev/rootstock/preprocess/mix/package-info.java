/**
 * How much of each source is trained on, settled by hashes of ids and never by who arrives first.
 */
@NullMarked
package dev.rootstock.preprocess.mix;

import org.jspecify.annotations.NullMarked;
