/** What became of a corpus, in counts that can be added in any order. */
@NullMarked
package dev.rootstock.preprocess.statistics;

import org.jspecify.annotations.NullMarked;
