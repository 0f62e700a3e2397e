/** Which Temporal server, and who serves its queues. */
@NullMarked
package dev.rootstock.console.server;

import org.jspecify.annotations.NullMarked;
