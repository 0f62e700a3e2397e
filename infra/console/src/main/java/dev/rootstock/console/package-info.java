/** What a person can do: the command, and whatever page is built beside it, come here. */
@NullMarked
package dev.rootstock.console;

import org.jspecify.annotations.NullMarked;
