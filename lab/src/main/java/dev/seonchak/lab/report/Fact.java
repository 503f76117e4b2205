package dev.seonchak.lab.report;

/** Something that is known of a run, and its name. */
public record Fact(String name, String value) {}
