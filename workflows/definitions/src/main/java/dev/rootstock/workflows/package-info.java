/**
 * The plan: which stage comes next, and the ports through which it is carried out. Everything here
 * is replayed.
 */
package dev.rootstock.workflows;
