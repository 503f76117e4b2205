package dev.seonchak.drops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.seonchak.drops.Plan.PlannedItem;
import dev.seonchak.drops.Plan.Reading;
import dev.seonchak.shared.AccountId;
import dev.seonchak.shared.DropId;
import dev.seonchak.shared.ItemId;
import dev.seonchak.shared.Money;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PlanTest {
  private static final Instant NOW = Instant.parse("2026-11-22T03:00:00Z");
  private static final Draft GOOD = Drafts.of(Drafts.item("mug", 12_000, 40));
  private final AtomicLong lastItem = new AtomicLong(1_000);

  @Test
  void fillsInWhatIsMissing() {
    var plan = plan(GOOD);

    assertThat(plan.opensAt()).isEqualTo(NOW);
    assertThat(plan.closesAt()).isNull();
    assertThat(plan.hold()).isEqualTo(Duration.ofMinutes(5));
    assertThat(plan.items()).containsExactly(new PlannedItem(item(1_001, "mug", 12_000, 2), 40));
    assertThat(plan(Drafts.holding(GOOD, Drop.Kind.TICKET, null)).hold())
        .isEqualTo(Duration.ofMinutes(10));
    assertThat(plan(Drafts.titled(GOOD, "Mugs", null)).description()).isEmpty();
    assertThat(plan(Drafts.selling(GOOD, null)).items()).isEmpty();
    assertThat(
            plan(Drafts.asking(GOOD, List.of(question(null, "Size?", Question.Type.TEXT)))).form())
        .isEqualTo(
            new Form(List.of(new Question("q1", "Size?", Question.Type.TEXT, true, List.of()))));
  }

  @Test
  void letsBuyersCancelForAWhileAndTakesNoDepositsUnlessTheSellerSaysOtherwise() {
    assertThat(plan(GOOD).terms()).isEqualTo(new Terms(Duration.ofDays(7), null));
    assertThat(plan(Drafts.holding(GOOD, Drop.Kind.TICKET, null)).terms().cancelWithin())
        .isEqualTo(Duration.ofDays(1));
    assertThat(plan(Drafts.promising(GOOD, 0, bank("Kookmin", "1-2", null))).terms())
        .isEqualTo(new Terms(Duration.ZERO, new BankTransfer("Kookmin", "1-2", "Kim Sejin", 30)));
  }

  private static BankTransferDraft bank(
      @Nullable String bank, @Nullable String account, @Nullable Integer minutes) {
    return new BankTransferDraft(bank, account, "Kim Sejin", minutes);
  }

  @Test
  void readsTimesWithAnyOffset() {
    var plan = plan(Drafts.open(GOOD, "2026-12-01T12:00:00+09:00", "2026-12-01T03:00:00.0000019Z"));

    assertThat(plan.opensAt()).isEqualTo("2026-12-01T03:00:00Z");
    assertThat(plan.closesAt()).isEqualTo("2026-12-01T03:00:00.000001Z");
  }

  static List<Arguments> badDrafts() {
    return List.of(
        bad("title", Drafts.titled(GOOD, null, "")),
        bad("title", Drafts.titled(GOOD, " ", "")),
        bad("title", Drafts.titled(GOOD, "가".repeat(101), "")),
        bad("description", Drafts.titled(GOOD, "Mugs", "x".repeat(10_001))),
        bad("kind", Drafts.holding(GOOD, null, 5)),
        bad("opensAt", Drafts.open(GOOD, "tomorrow", null)),
        bad("opensAt", Drafts.open(GOOD, "2026-12-01T12:00:00", null)),
        bad("opensAt", Drafts.open(GOOD, "+999999999-12-31T23:59:59Z", null)),
        bad("opensAt", Drafts.open(GOOD, "1999-12-31T23:59:59Z", null)),
        bad("closesAt", Drafts.open(GOOD, null, NOW.toString())),
        bad("closesAt", Drafts.open(GOOD, "2026-12-01T00:00:00Z", "2026-11-30T00:00:00Z")),
        bad("closesAt", Drafts.open(GOOD, "2026-12-01T00:00:00Z", "2028-12-01T00:00:00Z")),
        bad("holdMinutes", Drafts.holding(GOOD, Drop.Kind.GOODS, 0)),
        bad("holdMinutes", Drafts.holding(GOOD, Drop.Kind.GOODS, 61)),
        bad("items", Drafts.of(repeated(51, Drafts.item("mug", 1, 1), ItemDraft[]::new))),
        bad("items[0]", Drafts.selling(GOOD, Collections.singletonList(null))),
        bad("items[1].name", Drafts.of(Drafts.item("mug", 1, 1), Drafts.item("", 1, 1))),
        bad("items[0].price", Drafts.of(Drafts.item("mug", -1, 1))),
        bad("items[0].price", Drafts.of(Drafts.item("mug", 1_000_000_000_001L, 1))),
        bad("items[0].price", Drafts.of(new ItemDraft(null, "mug", null, 1L, 1))),
        bad("items[0].capacity", Drafts.of(Drafts.item("mug", 1, -1))),
        bad("items[0].capacity", Drafts.of(Drafts.item("mug", 1, 10_000_001))),
        bad("items[0].capacity", Drafts.of(new ItemDraft(null, "mug", 1L, null, 1))),
        bad("items[0].limitPerPerson", Drafts.of(Drafts.item(null, "mug", 1, 1, 0))),
        bad("items[0].limitPerPerson", Drafts.of(Drafts.item(null, "mug", 1, 1, 1_000_001))),
        bad(
            "items[0].limitPerPerson",
            Drafts.holding(
                Drafts.of(Drafts.item(null, "seat", 1, 1, 1_001)), Drop.Kind.TICKET, null)),
        bad("items[0].id", Drafts.of(Drafts.item(new UUID(0, 7), "mug", 1, 1, 1))),
        bad(
            "questions",
            asking(repeated(31, question(null, "?", Question.Type.TEXT), QuestionDraft[]::new))),
        bad("questions", asking(longForm())),
        bad("questions[0]", Drafts.asking(GOOD, Collections.singletonList(null))),
        bad("questions[0].id", asking(question("", "?", Question.Type.TEXT))),
        bad("questions[0].id", asking(question("a b", "?", Question.Type.TEXT))),
        bad("questions[0].id", asking(question("x".repeat(41), "?", Question.Type.TEXT))),
        bad(
            "questions[1].id",
            asking(question("a", "?", Question.Type.TEXT), question("a", "?", Question.Type.TEXT))),
        bad(
            "questions[1].id",
            asking(
                question("q2", "?", Question.Type.TEXT), question(null, "?", Question.Type.TEXT))),
        bad("questions[0].label", asking(question("a", null, Question.Type.TEXT))),
        bad("questions[0].label", asking(question("a", "x".repeat(201), Question.Type.TEXT))),
        bad("questions[0].type", asking(question("a", "?", null))),
        bad("questions[0].choices", asking(question("a", "?", Question.Type.CHOICE))),
        bad("questions[0].choices", asking(question("a", "?", Question.Type.TEXT, "S"))),
        bad("questions[0].choices[1]", asking(question("a", "?", Question.Type.CHOICE, "S", "S"))),
        bad(
            "questions[0].choices[1]",
            asking(question("a", "?", Question.Type.CHOICES, "S", null))),
        bad(
            "questions[0].choices[0]",
            asking(question("a", "?", Question.Type.CHOICE, "x".repeat(101)))),
        bad("questions[0].choices", asking(question("a", "?", Question.Type.CHOICE, numbers(51)))),
        bad("cancelHours", Drafts.promising(GOOD, -1, null)),
        bad("cancelHours", Drafts.promising(GOOD, 8_785, null)),
        bad("bankTransfer.bank", Drafts.promising(GOOD, null, bank(null, "1-2", 30))),
        bad("bankTransfer.account", Drafts.promising(GOOD, null, bank("Kookmin", " ", 30))),
        bad("bankTransfer.minutes", Drafts.promising(GOOD, null, bank("Kookmin", "1-2", 9))),
        bad("bankTransfer.minutes", Drafts.promising(GOOD, null, bank("Kookmin", "1-2", 1_441))));
  }

  @ParameterizedTest(name = "{index}: {0}")
  @MethodSource("badDrafts")
  void namesFirstBadField(String field, Draft draft) {
    assertThat(read(draft, List.of()))
        .isInstanceOfSatisfying(Reading.Bad.class, bad -> assertThat(bad.field()).isEqualTo(field));
  }

  @Test
  void knowsItemsByIdOrPosition() {
    var mug = item(1, "mug", 12_000, 2);
    var cup = item(2, "cup", 8_000, 2);
    var known = List.of(mug, cup);

    assertThat(ids(Drafts.of(Drafts.item("mug", 1, 1), Drafts.item("cup", 1, 1)), known))
        .containsExactly(1L, 2L);
    assertThat(ids(Drafts.of(Drafts.item(uuid(2), "cup", 1, 1, 2)), known)).containsExactly(2L);
    assertThat(
            ids(Drafts.of(Drafts.item(uuid(2), "cup", 1, 1, 2), Drafts.item("new", 1, 1)), known))
        .containsExactly(2L, 1_001L);
    assertThat(
            read(
                Drafts.of(
                    Drafts.item(uuid(2), "cup", 1, 1, 2), Drafts.item(uuid(2), "cup", 1, 1, 2)),
                known))
        .isInstanceOf(Reading.Bad.class);
  }

  static List<Arguments> changes() {
    var kept = Drafts.of(Drafts.item(uuid(1), "mug", 12_000, 40, 2));
    return List.of(
        Arguments.of(null, kept),
        Arguments.of(null, Drafts.titled(kept, "Mugs again", "Sixty of them.")),
        Arguments.of(null, Drafts.open(kept, null, "2026-12-01T00:00:00Z")),
        Arguments.of(null, Drafts.of(Drafts.item("mug", 12_000, 41))),
        Arguments.of("kind", Drafts.holding(kept, Drop.Kind.COUPON, 5)),
        Arguments.of("opensAt", Drafts.open(kept, "2026-11-22T03:00:01Z", null)),
        Arguments.of("holdMinutes", Drafts.holding(kept, Drop.Kind.GOODS, 6)),
        Arguments.of("cancelHours", Drafts.promising(kept, 0, null)),
        Arguments.of(null, Drafts.promising(kept, null, bank("Kookmin", "1-2", 60))),
        Arguments.of("items", Drafts.of()),
        Arguments.of("items", Drafts.of(Drafts.item("mug", 12_000, 40), Drafts.item("cup", 1, 1))),
        Arguments.of("items[0].name", Drafts.of(Drafts.item("cup", 12_000, 40))),
        Arguments.of("items[0].price", Drafts.of(Drafts.item("mug", 12_001, 40))),
        Arguments.of("items[0].capacity", Drafts.of(Drafts.item("mug", 12_000, 39))),
        Arguments.of("items[0].limitPerPerson", Drafts.of(Drafts.item(null, "mug", 12_000, 40, 3))),
        Arguments.of(
            "questions", Drafts.asking(kept, List.of(question("a", "?", Question.Type.TEXT)))));
  }

  @ParameterizedTest(name = "{index}: {0}")
  @MethodSource("changes")
  void tellsWhatAPublishedDropKeeps(String field, Draft draft) {
    var mug = item(1, "mug", 12_000, 2);
    var published =
        new Drop(
            new DropId(uuid(9)),
            new AccountId(uuid(8)),
            "Hand-made mugs",
            "Forty of them.",
            Drop.Kind.GOODS,
            Drop.State.PUBLISHED,
            NOW,
            null,
            Duration.ofMinutes(5),
            List.of(mug),
            new Form(List.of()),
            new Terms(Duration.ofDays(7), null));
    var plan = ((Reading.Good) read(draft, published.items())).plan();

    assertThat(plan.changesOf(published, Map.of(mug.id(), 40L)))
        .isEqualTo(Optional.ofNullable(field));
  }

  private Plan plan(Draft draft) {
    return ((Reading.Good) read(draft, List.of())).plan();
  }

  private Reading read(Draft draft, List<Item> known) {
    return Plan.of(draft, NOW, known, () -> new ItemId(uuid(lastItem.incrementAndGet())));
  }

  private List<Long> ids(Draft draft, List<Item> known) {
    return ((Reading.Good) read(draft, known))
        .plan().items().stream()
            .map(planned -> planned.item().id().value().getLeastSignificantBits())
            .toList();
  }

  private static Item item(long id, String name, long price, int limit) {
    return new Item(new ItemId(uuid(id)), name, new Money(price), limit);
  }

  private static UUID uuid(long number) {
    return new UUID(0, number);
  }

  private static Arguments bad(String field, Draft draft) {
    return Arguments.of(field, draft);
  }

  private static Draft asking(QuestionDraft... questions) {
    return Drafts.asking(GOOD, List.of(questions));
  }

  private static QuestionDraft question(
      String id, String label, Question.Type type, String... choices) {
    return new QuestionDraft(id, label, type, null, Arrays.asList(choices));
  }

  private static QuestionDraft[] longForm() {
    var questions = new ArrayList<QuestionDraft>();
    for (int i = 0; i < 5; i++) {
      var choices = IntStream.range(0, 50).mapToObj(n -> "x".repeat(90) + n).toArray(String[]::new);
      questions.add(question(null, "?", Question.Type.CHOICE, choices));
    }
    return questions.toArray(QuestionDraft[]::new);
  }

  private static String[] numbers(int count) {
    return IntStream.range(0, count).mapToObj(Integer::toString).toArray(String[]::new);
  }

  private static <T> T[] repeated(int times, T value, IntFunction<T[]> array) {
    return Collections.nCopies(times, value).toArray(array);
  }
}
