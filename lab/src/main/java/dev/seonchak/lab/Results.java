package dev.seonchak.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Keeps a run: everything as JSON, and the table for people. */
final class Results {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private final Path folder;
  private final String name;

  /**
   * @param name of the files, without an ending
   */
  Results(Path folder, String name) {
    this.folder = folder;
    this.name = name;
  }

  /** A table with a title for each column. */
  record Table(List<String> titles, List<List<String>> rows) {
    Table {
      if (rows.stream().anyMatch(row -> row.size() != titles.size())) {
        throw new IllegalArgumentException("a row has not as many cells as there are titles");
      }
    }

    String markdown() {
      List<String> lines = new ArrayList<>();
      lines.add("| " + String.join(" | ", titles) + " |");
      lines.add("|" + " --- |".repeat(titles.size()));
      rows.forEach(row -> lines.add("| " + String.join(" | ", row) + " |"));
      return String.join("\n", lines);
    }

    /** In columns, for a terminal. */
    String plain() {
      int[] widths = new int[titles.size()];
      List<List<String>> all = new ArrayList<>();
      all.add(titles);
      all.addAll(rows);
      for (List<String> row : all) {
        for (int i = 0; i < widths.length; i++) {
          widths[i] = Math.max(widths[i], row.get(i).length());
        }
      }
      StringBuilder text = new StringBuilder();
      for (List<String> row : all) {
        for (int i = 0; i < widths.length; i++) {
          String cell = row.get(i);
          String space = " ".repeat(widths[i] - cell.length());
          text.append(i == 0 ? cell + space : "  " + space + cell);
        }
        text.append('\n');
      }
      return text.toString();
    }
  }

  /**
   * @param data everything that was measured
   * @param remarks sentences that stand below the table
   * @return where the table is
   */
  Path keep(
      String title, Machine machine, Map<String, Object> data, Table table, List<String> remarks)
      throws IOException {
    Files.createDirectories(folder);
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("title", title);
    all.put("machine", machine);
    all.putAll(data);
    all.putIfAbsent("remarks", remarks);
    Files.writeString(folder.resolve(name + ".json"), JSON.writeValueAsString(all) + "\n");
    Path page = folder.resolve(name + ".md");
    Files.writeString(
        page,
        """
        # %s

        %s

        %s

        | | |
        | --- | --- |
        | processor | %s, %d cores |
        | memory | %d MB |
        | kernel | %s |
        | JDK | %s |
        | JVM options | %s |
        | servers | %s |
        | commit | %s |
        | command | `%s` |
        | at | %s, load average before %.2f |
        """
            .formatted(
                title,
                table.markdown(),
                String.join("\n", remarks),
                machine.processor(),
                machine.cores(),
                machine.memoryMegabytes(),
                machine.kernel(),
                machine.jdk(),
                String.join(" ", machine.jvmOptions()),
                String.join(", ", machine.servers()),
                machine.commit(),
                machine.command(),
                machine.at(),
                machine.loadBefore()));
    return page;
  }
}
