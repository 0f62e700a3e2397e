package dev.rootstock.workflows;

/**
 * Task queues, one a kind of work, so that each can have workers of its own on machines of its own.
 */
public final class Queues {
  public static final String WORKFLOWS = "rootstock-workflows";
  public static final String CONTROL = "rootstock-control";
  public static final String ATTACH = "rootstock-attach";
  public static final String DATA = "rootstock-data";
  public static final String TRAIN = "rootstock-train-default";
  public static final String GRAFT = "rootstock-graft-default";

  private Queues() {}
}
