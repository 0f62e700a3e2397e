/** S3 and whatever speaks like it, behind the {@code ArtifactStore} port. */
@NullMarked
package dev.rootstock.store;

import org.jspecify.annotations.NullMarked;
