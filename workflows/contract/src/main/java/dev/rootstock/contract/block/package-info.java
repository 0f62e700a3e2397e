/** Lists of what documents are kept away from: how an entry is written, and how a list is kept. */
package dev.rootstock.contract.block;
