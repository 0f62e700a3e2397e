/**
 * The small world that {@code rootstock demo} teaches: a village, its second language, and five
 * tasks whose few labels leave most of its words out.
 */
@NullMarked
package dev.rootstock.console.demo;

import org.jspecify.annotations.NullMarked;
