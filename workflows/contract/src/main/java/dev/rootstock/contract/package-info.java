/**
 * The words that all programs of Rootstock must spell alike: what is asked for, what is handed on,
 * how both are named.
 */
package dev.rootstock.contract;
