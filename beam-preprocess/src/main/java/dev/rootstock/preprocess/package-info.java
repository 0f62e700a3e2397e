/** The engine that knows text: a corpus is read and cleaned into documents, and cut into tokens. */
package dev.rootstock.preprocess;
