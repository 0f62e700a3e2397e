/** Conversations as token ids, the way a model's own chat template writes them. */
package dev.rootstock.training.chat;
