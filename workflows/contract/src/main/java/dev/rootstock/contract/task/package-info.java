/** Labelled rows of a task: read from its files, checked, and parted into train, dev and test. */
package dev.rootstock.contract.task;
