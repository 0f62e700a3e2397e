/**
 * Engines as child processes: found, started, listened to, stopped politely, judged by how they
 * end.
 */
package dev.rootstock.activities.engine;
