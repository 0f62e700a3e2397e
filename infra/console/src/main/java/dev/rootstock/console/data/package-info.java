/** Pages about data. */
@NullMarked
package dev.rootstock.console.data;

import org.jspecify.annotations.NullMarked;
