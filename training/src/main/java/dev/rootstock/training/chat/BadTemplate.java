package dev.rootstock.training.chat;

/** A chat template that can not be run here, or that refuses a conversation. */
public final class BadTemplate extends RuntimeException {
  private static final long serialVersionUID = 1;

  BadTemplate(String message) {
    super(message);
  }
}
