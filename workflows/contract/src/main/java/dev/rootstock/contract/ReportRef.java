package dev.rootstock.contract;

/** A run's report: store keys of its Markdown and its page. */
public record ReportRef(String markdown, String html) implements HandedOn {}
