/** The command {@code rootstock}: a class a verb, without logic of its own. */
@NullMarked
package dev.rootstock.console.cli;

import org.jspecify.annotations.NullMarked;
