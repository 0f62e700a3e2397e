/** The main text of a web page: what its author wrote, without menus, teasers and notices. */
@NullMarked
package dev.rootstock.preprocess.extract;

import org.jspecify.annotations.NullMarked;
