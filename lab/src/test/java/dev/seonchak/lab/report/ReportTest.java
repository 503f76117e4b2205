package dev.seonchak.lab.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page says everything that the files say, and nothing else. */
class ReportTest {
  private static final String HOSTILE = "<script>alert('x')</script>\" onload=\"y & z";

  @TempDir private Path folder;

  private Path keep(String name, String json) throws IOException {
    Path results = Files.createDirectories(folder.resolve("results"));
    Files.writeString(results.resolve(name), json);
    return results;
  }

  private static String machine(String at, String command) {
    return """
    {"processor": "Z80", "cores": 3, "memoryMegabytes": 54321, "kernel": "CP/M 2.2",
     "jdk": "Some VM 25", "jvmOptions": ["-Xfast"], "servers": ["PostgreSQL 18.6", "Redis 7"],
     "commit": "abc123def456+", "command": "%s", "at": "%s", "loadBefore": 4.25}
    """
        .formatted(command.replace("\"", "\\\""), at);
  }

  private Path waysKept(String title) throws IOException {
    return keep(
        "2026-11-22-hot-item.json",
        """
        {"title": "%s", "machine": %s, "remarks": ["Everybody comes at once."],
         "bars": [{"what": "engine / lock", "figure": 36.25, "least": 50, "most": false},
                  {"what": "slowest by median", "figure": 2.75, "least": 10, "most": true}],
         "ways": [
          {"name": "seonchak", "title": "the engine", "sentence": "Batches.", "wrong": false,
           "connections": 1, "search": [], "perSecond": [30123, 28456, 29789], "median": 29789,
           "latencies": {"p50": 32.91, "p95": 52.38, "p99": 86.48, "p9999": 94.11, "max": 94.2},
           "fairness": {"requests": 1000, "overtaken": 125, "overtakings": 2500, "worst": 77},
           "timeline": [{"atMillis": 100, "perSecond": 29000, "p50": 30, "p95": 50, "p99": 80},
                        {"atMillis": 300, "perSecond": 31000, "p50": 31, "p95": 51, "p99": 81}],
           "ownMicros": 11.86, "serverMicros": 25.19, "acknowledged": 270002, "refused": 321,
           "refusals": {"p50": 1.23, "p95": 4.5, "p99": 7.89, "p9999": 8, "max": 9},
           "findings": []},
          {"name": "monitor", "title": "%s", "sentence": "Too early.", "wrong": true,
           "connections": 8, "search": [{"connections": 2, "perSecond": 481},
                                        {"connections": 8, "perSecond": 717}],
           "perSecond": [840], "median": 840,
           "latencies": {"p50": 11.11, "p95": 3984.1, "p99": 4145.7, "p9999": 4215, "max": 4216},
           "ownMicros": 636, "serverMicros": 815, "acknowledged": 10173,
           "findings": [
             {"kind": "NUMBER_TWICE", "count": 412, "example": "number 17"},
             {"kind": "NUMBER_TWICE", "count": 8, "example": "number 3"},
             {"kind": "SOLD_TOO_MANY", "count": 1, "example": "101 of 100"}]}]}
        """
            .formatted(
                title.replace("\"", "\\\""),
                machine("2026-11-22T06:16:11Z", "./seonchak lab --quick"),
                title.replace("\"", "\\\"")));
  }

  @Test
  void showsEachFigureOfWaysAtAWorkload() throws IOException {
    assertThat(html(waysKept("a hot item")))
        .contains("Everybody comes at once.", "2026-11-22 06:16 UTC", "2026-11-22-hot-item.json")
        .contains("36.25", "at least 50: missed", "2.75", "at most 10: met")
        .contains(">29,789<", ">28,456–30,123<", ">1.00 ×<", ">32.9<", ">52.4<", ">86.5<", ">94.1<")
        .contains(
            ">12.5 %<",
            ">77<",
            "2.5 on average",
            ">12<",
            ">25<",
            ">270,002<",
            ">321<",
            ">1.2, 7.9<",
            "Batches.")
        .contains(">840<", ">35.5 ×<", ">11.1<", ">3,984<", ">4,146<", ">4,215<", ">636<", ">815<")
        .contains(">10,173<", ">481<", ">717<", "Too early.", ">8<")
        .contains("number twice, 412 times in a round", "sold too many, once in a round")
        .contains("Z80, 3 cores", "54,321 MB", "CP/M 2.2", "Some VM 25", "-Xfast", "4.3 on average")
        .contains("PostgreSQL 18.6, Redis 7", "abc123def456+", "./seonchak lab --quick");
  }

  @Test
  void drawsWhatTheFiguresSay() throws IOException {
    String page = html(waysKept("a hot item"));

    // Two rates 35 times apart stand on an axis of powers of ten, from 100 to 100,000.
    assertThat(page).contains(">100<", ">1k<", ">10k<", ">100k<");
    double ours = Math.log10(29789 / 100.0) / 3 * 82;
    assertThat(page).contains("width=\"%.2f%%\"".formatted(ours));
    assertThat(page).contains("<polyline class=\"line p50\"", "Latency over time");
  }

  @Test
  void lettersOfStrangersStayLetters() throws IOException {
    Path results = waysKept(HOSTILE);
    keep(
        "2026-11-22-strange.json",
        "{\"title\": \"%1$s\", \"machine\": %2$s, \"%1$s\": [{\"%1$s\": \"%1$s\"}], \"b\": \"%1$s\"}"
            .formatted(HOSTILE.replace("\"", "\\\""), machine("2026-11-22T06:16:12Z", HOSTILE)));

    String page = html(results);

    assertThat(page)
        .contains("&lt;script")
        .doesNotContain("<script")
        .doesNotContainPattern("=\"[^\"<>]*\" onload");
    for (Path drawing : Report.of(results).draw(folder.resolve("drawings"))) {
      assertThat(Files.readString(drawing)).doesNotContain("<script");
    }
  }

  @Test
  void needsNothingFromElsewhere() throws IOException {
    String page = html(waysKept("a hot item"));

    List<String> addresses = new ArrayList<>();
    Matcher all =
        Pattern.compile("(?:src|href|action|data)\\s*=\\s*[\"']([^\"']*)|url\\(([^)]*)|@import(.*)")
            .matcher(page);
    while (all.find()) {
      addresses.add(all.group());
    }
    assertThat(addresses)
        .isNotEmpty()
        .allMatch(one -> one.matches("href=\"(#[a-z-]+|../results/[0-9a-z.-]+)"));
    assertThat(page).doesNotContain("http:", "https:", "<script", "<link", "<iframe");
  }

  @Test
  void takesTheLatestOfEachKindAndTellsAQuickOne() throws Exception {
    String json = "{\"title\": \"%s\", \"machine\": %s, \"starts\": [{\"seconds\": %s}]}";
    keep(
        "2026-11-21-footprint.json",
        json.formatted("Feet", machine("2026-11-21T00:00:00Z", "a"), "7.25"));
    Path results =
        keep(
            "2026-11-22-footprint-quick.json",
            json.formatted("Feet", machine("2026-11-22T00:00:00Z", "b"), "4.75"));

    assertThat(html(results)).contains("4.75", "quick run").doesNotContain("7.25");
  }

  @Test
  void showsRequestsOverHttpByTheirMedians() throws IOException {
    String round =
        """
        {"perSecond": %1$s, "p50": %1$s.5, "p95": 1.5, "p99": 2.5, "p9999": 3.5, "max": 4,
         "bytesPerAnswer": 400, "serverMicros": 241.1, "databaseMicros": 118.2, "loadMicros": 15.94}
        """;
    String request = "{\"name\": \"%s\", \"connections\": 64, \"rounds\": [%s, %s, %s]}";
    Path results =
        keep(
            "2026-11-22-http.json",
            "{\"title\": \"H\", \"machine\": %s, \"findings\": [], \"requests\": [%s, %s]}"
                .formatted(
                    machine("2026-11-22T06:16:11Z", "a"),
                    request.formatted(
                        "hold", round.formatted(41), round.formatted(43), round.formatted(47)),
                    request.formatted(
                        "empty", round.formatted(86), round.formatted(85), round.formatted(88))));

    assertThat(html(results))
        .contains("with 64 connections", ">43.0<", ">41.0–47.0<", ">0.5<", ">43.5<", ">86.0<")
        .contains(">241<", ">118<", ">16<");
  }

  @Test
  void showsPurchasesByTheRateAtWhichBuyersCome() throws IOException {
    Path results =
        keep(
            "2026-11-22-purchase-ways.json",
            """
            {"title": "P", "machine": %s, "purchase-ways": [
              {"way": "lock-and-batch", "title": "a lock", "sentence": "Slow.", "offered": 300,
               "paid": 1234, "perSecond": 109.4, "settledMillis": 56.78, "findings": [],
               "latencies": {"p50": 1.5, "p95": 3920, "p99": 4567, "p9999": 5678, "max": 5679}}]}
            """
                .formatted(machine("2026-11-22T06:16:11Z", "a")));

    assertThat(html(results))
        .contains("when 300 come a second", ">a lock<", "Slow.", ">1,234<", ">109<", ">56.8<")
        .contains(">1.5<", ">3,920<", ">4,567<", ">5,678<");
  }

  @Test
  void writesEachDrawingAsAFileThatStandsAlone() throws Exception {
    List<Path> drawings = Report.of(waysKept(HOSTILE)).draw(folder.resolve("drawings"));

    assertThat(drawings)
        .extracting(file -> file.getFileName().toString())
        .contains("hot-item-rate.svg", "hot-item-latency.svg", "hot-item-course.svg");
    for (Path drawing : drawings) {
      var parsed =
          DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(drawing.toFile());
      assertThat(parsed.getDocumentElement().getAttribute("width")).isEqualTo("760");
    }
  }

  private String html(Path results) throws IOException {
    Path page = folder.resolve("report/index.html");
    Report.of(results).write(page);
    return Files.readString(page);
  }
}
