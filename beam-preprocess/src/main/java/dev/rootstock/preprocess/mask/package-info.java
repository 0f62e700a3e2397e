/** Replaces what names a person or opens a door: addresses, numbers, accounts, secrets. */
package dev.rootstock.preprocess.mask;
