package dev.seonchak.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Plays a table of text against the decider: one line a fact, a request with its outcome, or a
 * check.
 *
 * <pre>
 * pool A capacity=2 limit=1 opens=0 closes=100 group=G taken=0 next=1
 * clock 50
 * take ann k1 A:1 B:2 as o1 -> granted A#1 B#1
 * cancel o1                 -> released
 * ---
 * see A taken=0 next=2
 * </pre>
 *
 * Requests up to a line of dashes, or up to a line that is no request, are one batch. Seconds count
 * from the epoch; a hold lasts 60 of them. The default group is G, the default key is the holder's
 * name, the fingerprint is made of the lines.
 */
final class Script {
  private static final Duration HOLD = Duration.ofMinutes(1);

  final MemoryStore store = new MemoryStore(true);
  private final Decider decider = new Decider(new Limits(2, Duration.ofMinutes(30)));
  private final Map<HolderId, String> holderNames = new HashMap<>();
  private final Map<PoolId, String> poolNames = new HashMap<>();
  private final List<Request> batch = new ArrayList<>();
  private final List<String> lines = new ArrayList<>();
  private final List<String> expected = new ArrayList<>();

  static Script play(String text) {
    var script = new Script();
    text.lines().map(String::strip).filter(line -> !line.isEmpty()).forEach(script::line);
    script.commit();
    return script;
  }

  private void line(String line) {
    String[] halves = line.split("->", -1);
    String[] words = halves[0].strip().split("\\s+", -1);
    boolean request = Set.of("take", "cancel", "expire", "return").contains(words[0]);
    if (!request) {
      commit();
    }
    switch (words[0]) {
      case "#", "---" -> {}
      case "clock" -> store.now = second(words[1]);
      case "pool" -> pool(words[1], options(words));
      case "state" -> store.setState(Names.holder(words[1]), HolderState.valueOf(words[2]));
      case "see" -> see(line, words[1], options(words));
      case "take" -> batch.add(take(words));
      case "cancel" -> batch.add(release(words, Cause.CANCELLED));
      case "expire" -> batch.add(release(words, Cause.EXPIRED));
      case "return" -> batch.add(release(words, Cause.RETURNED));
      default -> fail("what is '%s'?", line);
    }
    if (request) {
      lines.add(halves[0].strip());
      expected.add(halves[1].strip());
    }
  }

  private void commit() {
    if (batch.isEmpty()) {
      return;
    }
    Decision decision = decider.decide(store.read(batch), batch);
    List<String> actual = decision.outcomes().stream().map(this::text).toList();
    assertThat(table(actual)).isEqualTo(table(expected));
    try {
      store.write(decision);
    } catch (JournalException e) {
      fail("the store rejects the decision", e);
    }
    Validator.of(store).validate();
    batch.clear();
    lines.clear();
    expected.clear();
  }

  private String table(List<String> outcomes) {
    var table = new StringBuilder();
    for (int i = 0; i < outcomes.size(); i++) {
      table.append(lines.get(i)).append(" -> ").append(outcomes.get(i)).append('\n');
    }
    return table.toString();
  }

  private void pool(String name, Map<String, String> options) {
    PoolId id = Names.pool(name);
    poolNames.put(id, name);
    store.add(
        new Pool(
            id,
            Names.group(options.getOrDefault("group", "G")),
            Long.parseLong(options.getOrDefault("capacity", "100")),
            0,
            1,
            new Window(
                options.getOrDefault("opens", "0").equals("never")
                    ? null
                    : second(options.getOrDefault("opens", "0")),
                options.containsKey("closes") ? second(options.get("closes")) : null),
            options.containsKey("limit") ? Integer.parseInt(options.get("limit")) : Pool.NO_LIMIT));
  }

  /** {@code take ann [key=k] [hold=s] A:1 B:2 as o1} */
  private Request.Take take(String[] words) {
    Map<String, String> options = options(words);
    List<Line> wanted =
        Arrays.stream(words)
            .skip(2)
            .filter(word -> word.contains(":"))
            .map(word -> word.split(":", -1))
            .map(pair -> new Line(Names.pool(pair[0]), Integer.parseInt(pair[1])))
            .toList();
    String holder = words[words.length - 1];
    holderNames.put(Names.holder(holder), holder);
    return new Request.Take(
        Names.claimant(words[1]),
        Names.key(options.getOrDefault("key", holder)),
        wanted.hashCode(),
        Names.group(options.getOrDefault("group", "G")),
        wanted,
        options.containsKey("hold")
            ? Duration.ofSeconds(Long.parseLong(options.get("hold")))
            : HOLD,
        new Order(Names.holder(holder)));
  }

  /** {@code cancel o1 [pools=A,B]}, by default the pools in which it has claims, or A */
  private Request.Release release(String[] words, Cause cause) {
    HolderId holder = Names.holder(words[1]);
    Map<String, String> options = options(words);
    MemoryStore.HolderRow row = store.holders.get(holder);
    Set<PoolId> pools = new LinkedHashSet<>();
    if (options.containsKey("pools")) {
      Arrays.stream(options.get("pools").split(",", -1)).map(Names::pool).forEach(pools::add);
    } else if (row == null) {
      pools.add(Names.pool("A"));
    } else {
      row.holding().claims().forEach(claim -> pools.add(claim.pool()));
    }
    GroupId group = row == null ? Names.group("G") : row.group();
    return new Request.Release(holder, group, pools, cause);
  }

  /** {@code see A taken=1 next=2}, or {@code see ann A=1 lapses=2}, or {@code see o1 state=HELD} */
  private void see(String line, String name, Map<String, String> options) {
    Map<String, String> actual = new HashMap<>();
    for (String option : options.keySet()) {
      actual.put(option, seen(name, option));
    }
    assertThat(actual).as(line).isEqualTo(options);
  }

  private String seen(String name, String option) {
    return switch (option) {
      case "taken" -> Long.toString(store.pools.get(Names.pool(name)).taken());
      case "next" -> Long.toString(store.pools.get(Names.pool(name)).nextSequence());
      case "state" -> store.holders.get(Names.holder(name)).holding().state().name();
      case "until" -> {
        Instant deadline = store.holders.get(Names.holder(name)).holding().deadline();
        yield Long.toString(deadline.getEpochSecond());
      }
      case "lapses" -> {
        var member = new Member(Names.group("G"), Names.claimant(name));
        yield Long.toString(store.lapses.getOrDefault(member, Lapses.NONE).count());
      }
      default -> {
        var share = new Share(Names.pool(option), Names.claimant(name));
        yield Long.toString(store.units.getOrDefault(share, 0L));
      }
    };
  }

  private String text(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Granted granted -> "granted" + grants(granted);
      case Outcome.Repeated repeated ->
          "repeated " + holderNames.get(repeated.original().holder()) + grants(repeated.original());
      case Outcome.KeyReused _ -> "key-reused";
      case Outcome.Refused(Reason reason, int at) -> words(reason) + (at == 0 ? "" : " at " + at);
      case Outcome.Released _ -> "released";
      case Outcome.NotReleased(Obstacle why) -> words(why);
      case Outcome.Rejected _ -> "rejected";
      case Outcome.Overloaded _, Outcome.Unanswered _ -> fail("no decision says %s", outcome);
    };
  }

  private String grants(Outcome.Granted granted) {
    return granted.grants().stream()
        .map(grant -> " " + poolNames.get(grant.pool()) + "#" + grant.sequence())
        .collect(Collectors.joining());
  }

  private static String words(Enum<?> constant) {
    return constant.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
  }

  private static Map<String, String> options(String[] words) {
    return Arrays.stream(words)
        .filter(word -> word.contains("="))
        .map(word -> word.split("=", -1))
        .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
  }

  private static Instant second(String seconds) {
    return Instant.ofEpochSecond(Long.parseLong(seconds));
  }
}
