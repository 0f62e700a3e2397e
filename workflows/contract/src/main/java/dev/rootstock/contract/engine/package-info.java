/**
 * The seam between the platform and its engines: orders, progress, results, signals and exit codes.
 */
package dev.rootstock.contract.engine;
