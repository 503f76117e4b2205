package dev.seonchak.drops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.seonchak.FreshDatabase;
import dev.seonchak.allocation.Pools;
import dev.seonchak.allocation.Stock;
import dev.seonchak.drops.Browsing.Filter;
import dev.seonchak.drops.Browsing.Query;
import dev.seonchak.drops.Selling.Outcome;
import dev.seonchak.engine.PoolId;
import dev.seonchak.runtime.Ids;
import dev.seonchak.shared.AccountId;
import dev.seonchak.shared.DropId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Drops on a real database, without the rest of the platform. */
class DropsIT {
  private static final Draft MUGS =
      Drafts.of(Drafts.item("mug", 12_000, 40), Drafts.item("cup", 8_000, 7));
  private static final AtomicLong IDS = new AtomicLong();

  private static FreshDatabase database;
  private static AnnotationConfigApplicationContext context;
  private static Selling selling;
  private static Browsing browsing;
  private static Drops drops;
  private static JdbcClient jdbc;

  private final AccountId seller = account();

  @BeforeAll
  static void connect() {
    database = new FreshDatabase();
    jdbc = database.jdbc();
    context = new AnnotationConfigApplicationContext();
    context.registerBean(JdbcClient.class, () -> jdbc);
    context.registerBean(
        TransactionTemplate.class, () -> new TransactionTemplate(database.transactions()));
    context.registerBean(Ids.class, () -> () -> new UUID(IDS.incrementAndGet(), 0));
    context.registerBean(Clock.class, Clock::systemUTC);
    context.register(Pools.class);
    context.scan("dev.seonchak.drops");
    context.refresh();
    selling = context.getBean(Selling.class);
    browsing = context.getBean(Browsing.class);
    drops = context.getBean(Drops.class);
  }

  @AfterAll
  static void disconnect() {
    context.close();
    database.close();
  }

  @Test
  void keepsWhatASellerWrote() {
    var draft =
        Drafts.asking(
            Drafts.open(MUGS, "2026-12-01T12:00:00+09:00", "2026-12-02T00:00:00Z"),
            List.of(
                new QuestionDraft(null, "이름 \uD83D\uDC1F \"'\\", Question.Type.TEXT, null, null),
                new QuestionDraft(
                    "size", "Size?", Question.Type.CHOICES, false, List.of("S", "M"))));

    var drop = done(selling.create(seller, draft));

    assertThat(drop.seller()).isEqualTo(seller);
    assertThat(drop.state()).isEqualTo(Drop.State.DRAFT);
    assertThat(drop.title()).isEqualTo("Hand-made mugs");
    assertThat(drop.opensAt()).isEqualTo("2026-12-01T03:00:00Z");
    assertThat(drop.closesAt()).isEqualTo("2026-12-02T00:00:00Z");
    assertThat(drop.hold()).isEqualTo(Duration.ofMinutes(5));
    assertThat(drop.items()).extracting(Item::name).containsExactly("mug", "cup");
    assertThat(drop.items())
        .extracting(item -> item.price().amount())
        .containsExactly(12_000L, 8_000L);
    assertThat(drop.items()).extracting(Item::limitPerPerson).containsExactly(2, 2);
    assertThat(drop.form().questions())
        .containsExactly(
            new Question("q1", "이름 \uD83D\uDC1F \"'\\", Question.Type.TEXT, true, List.of()),
            new Question("size", "Size?", Question.Type.CHOICES, false, List.of("S", "M")));
    assertThat(stock(drop)).containsExactly(new Stock(40, 40), new Stock(7, 7));
    assertThat(drops.find(Set.of(drop.id(), new DropId(new UUID(0, 0)))))
        .containsOnlyKeys(drop.id())
        .containsValue(drop);
  }

  @Test
  void showsADraftToItsSellerOnly() {
    var drop = done(selling.create(seller, MUGS));

    assertThat(browsing.read(drop.id(), seller)).isPresent();
    assertThat(browsing.read(drop.id(), null)).isEmpty();
    assertThat(browsing.read(drop.id(), account())).isEmpty();
    assertThat(list(new Query(Filter.DRAFT, null, null, null), seller)).containsExactly(drop.id());
    assertThat(list(new Query(Filter.DRAFT, null, null, null), account())).isEmpty();
    assertThat(list(new Query(Filter.DRAFT, null, null, null), null)).isEmpty();
    assertThat(list(new Query(null, null, seller, null), seller)).containsExactly(drop.id());
    assertThat(list(new Query(null, null, seller, null), account())).isEmpty();
  }

  @Test
  void letsNobodyElseChangeADrop() {
    var drop = done(selling.create(seller, MUGS));
    var other = account();

    assertThat(selling.edit(other, drop.id(), MUGS)).isEqualTo(new Outcome.Unknown());
    assertThat(selling.publish(other, drop.id())).isEqualTo(new Outcome.Unknown());
    assertThat(selling.close(other, drop.id())).isEqualTo(new Outcome.Unknown());
    assertThat(selling.publish(seller, new DropId(new UUID(0, 0))))
        .isEqualTo(new Outcome.Unknown());
  }

  @Test
  void replacesADraftWithItsPools() {
    var drop = done(selling.create(seller, MUGS));
    var cup = drop.items().getLast();

    var edited =
        done(
            selling.edit(
                seller,
                drop.id(),
                Drafts.titled(
                    Drafts.of(
                        Drafts.item(cup.id().value(), "big cup", 9_000, 3, 5),
                        Drafts.item("plate", 20_000, 1)),
                    "Cups",
                    "")));

    assertThat(edited.title()).isEqualTo("Cups");
    assertThat(edited.items()).extracting(Item::name).containsExactly("big cup", "plate");
    assertThat(edited.items().getFirst().id()).isEqualTo(cup.id());
    assertThat(stock(edited)).containsExactly(new Stock(3, 3), new Stock(1, 1));
    assertThat(poolsOf(drop)).isEqualTo(2);
    assertThat(drops.cached(drop.id())).contains(edited);
  }

  @Test
  void keepsEverythingWhenADraftIsRefused() {
    var drop = done(selling.create(seller, MUGS));

    assertThat(selling.edit(seller, drop.id(), Drafts.of(Drafts.item("mug", -1, 1))))
        .isInstanceOf(Outcome.Invalid.class);

    assertThat(drops.find(Set.of(drop.id()))).containsValue(drop);
  }

  @Test
  void opensItsPoolsWhenItIsPublished() {
    var drop =
        done(
            selling.create(
                seller, Drafts.open(MUGS, "2190-01-01T00:00:00Z", "2190-01-02T00:00:00Z")));
    assertThat(windows(drop)).containsOnly("null null");

    var published = done(selling.publish(seller, drop.id()));

    assertThat(published.state()).isEqualTo(Drop.State.PUBLISHED);
    assertThat(windows(drop)).containsOnly("2190-01-01T00:00:00Z 2190-01-02T00:00:00Z");
  }

  @Test
  void publishesOnceAndOnlyWithSomethingToSell() {
    var empty = done(selling.create(seller, Drafts.selling(MUGS, List.of())));
    assertThat(selling.publish(seller, empty.id()))
        .isInstanceOfSatisfying(
            Outcome.Invalid.class, invalid -> assertThat(invalid.field()).isEqualTo("items"));

    var over =
        done(
            selling.create(
                seller, Drafts.open(MUGS, "2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z")));
    assertThat(selling.publish(seller, over.id()))
        .isInstanceOfSatisfying(
            Outcome.Invalid.class, invalid -> assertThat(invalid.field()).isEqualTo("closesAt"));

    var drop = published(MUGS);
    assertThat(selling.publish(seller, drop.id())).isEqualTo(new Outcome.Done(drop));
  }

  @Test
  void growsCapacityButNeverChangesAPriceOncePublished() {
    var drop = published(MUGS);

    var grown =
        done(
            selling.edit(
                seller,
                drop.id(),
                Drafts.titled(
                    Drafts.of(Drafts.item("mug", 12_000, 60), Drafts.item("cup", 8_000, 7)),
                    "More mugs",
                    "Sixty.")));

    assertThat(grown.title()).isEqualTo("More mugs");
    assertThat(stock(grown)).containsExactly(new Stock(60, 60), new Stock(7, 7));
    assertThat(
            selling.edit(
                seller,
                drop.id(),
                Drafts.of(Drafts.item("mug", 11_000, 90), Drafts.item("cup", 8_000, 7))))
        .isEqualTo(new Outcome.Published("items[0].price"));
    assertThat(
            selling.edit(
                seller,
                drop.id(),
                Drafts.of(Drafts.item("mug", 12_000, 90), Drafts.item("cup", 8_000, 6))))
        .isEqualTo(new Outcome.Published("items[1].capacity"));
    assertThat(stock(grown)).containsExactly(new Stock(60, 60), new Stock(7, 7));
  }

  @Test
  void movesTheEndOfItsPoolsWithItsOwn() {
    var drop = published(MUGS);
    var closesAt = Instant.now().plus(Duration.ofDays(2)).truncatedTo(ChronoUnit.MICROS);

    var moved = done(selling.edit(seller, drop.id(), Drafts.open(MUGS, null, closesAt.toString())));

    assertThat(moved.closesAt()).isEqualTo(closesAt);
    assertThat(windows(drop)).containsOnly(drop.opensAt() + " " + closesAt);
    assertThat(
            selling.edit(
                seller,
                drop.id(),
                Drafts.open(MUGS, null, Instant.now().minusSeconds(1).toString())))
        .isInstanceOf(Outcome.Invalid.class);
  }

  @Test
  void endsTheSaleOfItsPoolsWhenItIsClosed() {
    var drop = published(MUGS);
    assertThat(browsing.read(drop.id(), null).orElseThrow().phase(Instant.now()))
        .contains(Offer.Phase.OPEN);

    var closed = done(selling.close(seller, drop.id()));

    assertThat(closed.state()).isEqualTo(Drop.State.CLOSED);
    assertThat(
            jdbc.sql(
                    """
                    select count(*) from pools
                    where group_id = :drop and closes_at <= clock_timestamp()
                    """)
                .param("drop", drop.id().value())
                .query(Long.class)
                .single())
        .isEqualTo(2);
    assertThat(selling.close(seller, drop.id())).isEqualTo(new Outcome.Done(closed));
    assertThat(selling.edit(seller, drop.id(), MUGS)).isEqualTo(new Outcome.Not(Drop.State.CLOSED));
    assertThat(selling.publish(seller, drop.id())).isEqualTo(new Outcome.Not(Drop.State.CLOSED));
    var draft = done(selling.create(seller, MUGS));
    assertThat(selling.close(seller, draft.id())).isEqualTo(new Outcome.Not(Drop.State.DRAFT));
  }

  @Test
  void findsDropsByWhereTheyStand() {
    var open = published(MUGS);
    var upcoming = published(Drafts.open(MUGS, "2190-01-01T00:00:00Z", null));
    var soldOut = published(Drafts.of(Drafts.item("mug", 1, 0)));
    var closed = published(MUGS);
    selling.close(seller, closed.id());
    var over = published(Drafts.open(MUGS, "2026-01-01T00:00:00Z", null));
    jdbc.sql("update drops set closes_at = now() where id = :id")
        .param("id", over.id().value())
        .update();
    var draft = done(selling.create(seller, MUGS));

    assertThat(mine(Filter.OPEN)).containsExactly(open.id());
    assertThat(mine(Filter.UPCOMING)).containsExactly(upcoming.id());
    assertThat(mine(Filter.SOLD_OUT)).containsExactly(soldOut.id());
    assertThat(mine(Filter.CLOSED)).containsExactly(over.id(), closed.id());
    assertThat(mine(Filter.DRAFT)).containsExactly(draft.id());
    assertThat(mine(Filter.PUBLISHED))
        .containsExactly(over.id(), soldOut.id(), upcoming.id(), open.id());
    assertThat(list(new Query(null, null, seller, null), null))
        .containsExactly(over.id(), closed.id(), soldOut.id(), upcoming.id(), open.id());
  }

  @Test
  void searchesForTextAsItIsWritten() {
    var percent = published(Drafts.titled(MUGS, "100% cotton_shirt", "한글로 쓴 설명"));
    published(Drafts.titled(MUGS, "100 cotton shirts", ""));

    assertThat(search("100% COTTON_")).containsExactly(percent.id());
    assertThat(search("쓴 설")).containsExactly(percent.id());
    assertThat(search("\\")).isEmpty();
    assertThat(search("cotton")).hasSize(2);
  }

  @Test
  void pagesThroughEverythingOnce() {
    var all = new ArrayList<DropId>();
    for (int i = 0; i < 45; i++) {
      all.addFirst(published(MUGS).id());
    }

    var seen = new ArrayList<DropId>();
    var sizes = new ArrayList<Integer>();
    DropId before = null;
    do {
      var page = browsing.list(new Query(null, null, seller, before), null);
      page.items().forEach(offer -> seen.add(offer.drop().id()));
      sizes.add(page.items().size());
      before = page.next() == null ? null : new DropId(UUID.fromString(page.next()));
    } while (before != null);

    assertThat(seen).isEqualTo(all);
    assertThat(sizes).containsExactly(20, 20, 5);
  }

  private Drop published(Draft draft) {
    return done(selling.publish(seller, done(selling.create(seller, draft)).id()));
  }

  private List<DropId> mine(Filter filter) {
    return list(new Query(filter, null, seller, null), seller);
  }

  private List<DropId> search(String text) {
    return list(new Query(null, text, seller, null), null);
  }

  private static List<DropId> list(Query query, @Nullable AccountId visitor) {
    return browsing.list(query, visitor).items().stream().map(offer -> offer.drop().id()).toList();
  }

  private static List<Stock> stock(Drop drop) {
    var pools = context.getBean(Pools.class);
    var ids = drop.items().stream().map(item -> new PoolId(item.id().value())).toList();
    var stock = pools.stock(Set.copyOf(ids));
    return ids.stream().map(stock::get).toList();
  }

  private static long poolsOf(Drop drop) {
    return jdbc.sql("select count(*) from pools where group_id = :drop")
        .param("drop", drop.id().value())
        .query(Long.class)
        .single();
  }

  private static List<String> windows(Drop drop) {
    return jdbc.sql("select opens_at, closes_at from pools where group_id = :drop")
        .param("drop", drop.id().value())
        .query((row, number) ->
            instant(row.getObject(1, OffsetDateTime.class))
                + " "
                + instant(row.getObject(2, OffsetDateTime.class)))
        .list();
  }

  private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
    return time == null ? null : time.toInstant();
  }

  private static Drop done(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Done.class);
    return ((Outcome.Done) outcome).drop();
  }

  private static AccountId account() {
    return new AccountId(new UUID(IDS.incrementAndGet(), 0));
  }
}
