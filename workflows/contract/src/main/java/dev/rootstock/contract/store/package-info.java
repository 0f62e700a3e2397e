/**
 * Artifacts that are whole or absent and never change: the port, a folder as a store, manifests,
 * numbered series, claims.
 */
package dev.rootstock.contract.store;
