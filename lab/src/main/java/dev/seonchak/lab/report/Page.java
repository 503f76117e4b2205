package dev.seonchak.lab.report;

import java.util.List;

/**
 * What the page shows.
 *
 * @param facts of the latest run
 * @param sheet the style sheet
 */
public record Page(List<Section> sections, List<Fact> facts, String sheet) {}
