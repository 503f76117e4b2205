package dev.seonchak.drops;

import dev.seonchak.drops.Plan.PlannedItem;
import dev.seonchak.shared.ItemId;
import dev.seonchak.shared.Money;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads a draft field by field, in the order of the document, and stops at the first fault. */
final class DraftReader {
  private static final Limits LIMITS = Limits.STANDARD;
  private static final Pattern QUESTION_ID = Pattern.compile("[A-Za-z0-9_-]+");
  private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");
  private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");

  /** Ends the reading; it never leaves {@link Plan#of}. */
  static final class Fault extends Exception {
    final String field;
    final String reason;

    Fault(String field, String reason) {
      super(reason, null, false, false);
      this.field = field;
      this.reason = reason;
    }
  }

  private final Instant opensAtDefault;
  private final List<ItemId> known;
  private final Supplier<ItemId> newId;

  DraftReader(Instant opensAtDefault, List<Item> known, Supplier<ItemId> newId) {
    this.opensAtDefault = opensAtDefault;
    this.known = known.stream().map(Item::id).toList();
    this.newId = newId;
  }

  Plan read(Draft draft) throws Fault {
    var title = text("title", draft.title(), LIMITS.titleCharactersMax());
    var description = draft.description() == null ? "" : draft.description();
    bounded("description", description, LIMITS.descriptionCharactersMax());
    var kind = present("kind", draft.kind());
    var opensAt = draft.opensAt() == null ? opensAtDefault : time("opensAt", draft.opensAt());
    var closesAt = draft.closesAt() == null ? null : time("closesAt", draft.closesAt());
    checkWindow(opensAt, closesAt);
    var hold = hold(kind, draft.holdMinutes());
    return new Plan(
        title,
        description,
        kind,
        opensAt,
        closesAt,
        hold,
        items(kind, draft.items()),
        new Form(questions(draft.questions())),
        new Terms(cancelWithin(kind, draft.cancelHours()), bankTransfer(draft.bankTransfer())));
  }

  private static Duration cancelWithin(Drop.Kind kind, @Nullable Integer hours) throws Fault {
    var standard =
        kind == Drop.Kind.TICKET
            ? LIMITS.cancelHoursTicketDefault()
            : LIMITS.cancelHoursGoodsDefault();
    var chosen = hours == null ? standard : hours;
    between("cancelHours", chosen, 0, LIMITS.cancelHoursMax());
    return Duration.ofHours(chosen);
  }

  private static @Nullable BankTransfer bankTransfer(@Nullable BankTransferDraft draft)
      throws Fault {
    if (draft == null) {
      return null;
    }
    var minutes = draft.minutes() == null ? LIMITS.depositMinutesDefault() : draft.minutes();
    between(
        "bankTransfer.minutes", minutes, LIMITS.depositMinutesMin(), LIMITS.depositMinutesMax());
    return new BankTransfer(
        text("bankTransfer.bank", draft.bank(), LIMITS.bankCharactersMax()),
        text("bankTransfer.account", draft.account(), LIMITS.bankCharactersMax()),
        text("bankTransfer.holder", draft.holder(), LIMITS.bankCharactersMax()),
        minutes);
  }

  private static Duration hold(Drop.Kind kind, @Nullable Integer minutes) throws Fault {
    var standard =
        kind == Drop.Kind.TICKET
            ? LIMITS.holdMinutesTicketDefault()
            : LIMITS.holdMinutesGoodsDefault();
    var chosen = minutes == null ? standard : minutes;
    between("holdMinutes", chosen, LIMITS.holdMinutesMin(), LIMITS.holdMinutesMax());
    return Duration.ofMinutes(chosen);
  }

  private List<PlannedItem> items(Drop.Kind kind, @Nullable List<@Nullable ItemDraft> drafts)
      throws Fault {
    if (drafts == null) {
      return List.of();
    }
    atMost("items", drafts, LIMITS.itemsMax());
    var ids = itemIds(drafts);
    var items = new ArrayList<PlannedItem>();
    for (var draft : drafts) {
      var path = "items[" + items.size() + "]";
      items.add(item(kind, path, ids.get(items.size()), present(path, draft)));
    }
    return items;
  }

  /** An item without an id is the one at its position, unless that one is named, or a new one. */
  private List<ItemId> itemIds(List<@Nullable ItemDraft> drafts) throws Fault {
    var named = new HashSet<ItemId>();
    for (int i = 0; i < drafts.size(); i++) {
      var id = idOf(drafts.get(i));
      if (id != null && !known.contains(id)) {
        throw new Fault("items[" + i + "].id", "This drop has no such item.");
      }
      if (id != null && !named.add(id)) {
        throw new Fault("items[" + i + "].id", "The same item stands here twice.");
      }
    }
    var ids = new ArrayList<ItemId>();
    for (var draft : drafts) {
      var id = idOf(draft);
      var here = ids.size() < known.size() ? known.get(ids.size()) : null;
      if (id != null) {
        ids.add(id);
      } else {
        ids.add(here != null && !named.contains(here) ? here : newId.get());
      }
    }
    return ids;
  }

  private static @Nullable ItemId idOf(@Nullable ItemDraft draft) {
    return draft == null || draft.id() == null ? null : new ItemId(draft.id());
  }

  private static PlannedItem item(Drop.Kind kind, String path, ItemId id, ItemDraft draft)
      throws Fault {
    var name = text(path + ".name", draft.name(), LIMITS.itemNameCharactersMax());
    var price = present(path + ".price", draft.price());
    between(path + ".price", price, 0, LIMITS.priceWonMax());
    var capacity = present(path + ".capacity", draft.capacity());
    between(path + ".capacity", capacity, 0, LIMITS.capacityUnitsMax());
    var limit =
        draft.limitPerPerson() == null
            ? LIMITS.limitPerPersonUnitsDefault()
            : draft.limitPerPerson();
    var limitMax =
        kind == Drop.Kind.TICKET ? LIMITS.orderTicketsMax() : LIMITS.limitPerPersonUnitsMax();
    between(path + ".limitPerPerson", limit, 1, limitMax);
    return new PlannedItem(new Item(id, name, new Money(price), limit), capacity);
  }

  private static List<Question> questions(@Nullable List<@Nullable QuestionDraft> drafts)
      throws Fault {
    if (drafts == null) {
      return List.of();
    }
    atMost("questions", drafts, LIMITS.questionsMax());
    var ids = new HashSet<String>();
    var questions = new ArrayList<Question>();
    for (var draft : drafts) {
      var path = "questions[" + questions.size() + "]";
      var question = question(path, present(path, draft), "q" + (questions.size() + 1));
      if (!ids.add(question.id())) {
        throw new Fault(path + ".id", "Another question has this id.");
      }
      questions.add(question);
    }
    if (characters(questions) > LIMITS.formCharactersMax()) {
      throw new Fault(
          "questions", "A form takes at most " + LIMITS.formCharactersMax() + " characters.");
    }
    return questions;
  }

  private static int characters(List<Question> questions) {
    return questions.stream()
        .flatMap(
            question -> Stream.concat(Stream.of(question.label()), question.choices().stream()))
        .mapToInt(String::length)
        .sum();
  }

  private static Question question(String path, QuestionDraft draft, String idByPosition)
      throws Fault {
    var id = draft.id() == null ? idByPosition : draft.id();
    bounded(path + ".id", id, LIMITS.questionIdCharactersMax());
    if (!QUESTION_ID.matcher(id).matches()) {
      throw new Fault(path + ".id", "Letters, digits, - and _ make an id.");
    }
    var label = text(path + ".label", draft.label(), LIMITS.questionLabelCharactersMax());
    var type = present(path + ".type", draft.type());
    var required = draft.required() == null || draft.required();
    return new Question(
        id, label, type, required, choices(path + ".choices", type, draft.choices()));
  }

  private static List<String> choices(
      String path, Question.Type type, @Nullable List<@Nullable String> drafts) throws Fault {
    var written = drafts == null ? List.<@Nullable String>of() : drafts;
    if (type.hasChoices() == written.isEmpty()) {
      throw new Fault(
          path,
          type.hasChoices()
              ? "There must be something to choose from."
              : "A question of this type has no choices.");
    }
    atMost(path, written, LIMITS.choicesMax());
    var choices = new ArrayList<String>();
    for (var draft : written) {
      var choicePath = path + "[" + choices.size() + "]";
      var choice = text(choicePath, draft, LIMITS.choiceCharactersMax());
      if (choices.contains(choice)) {
        throw new Fault(choicePath, "The same choice stands here twice.");
      }
      choices.add(choice);
    }
    return choices;
  }

  private static Instant time(String path, String written) throws Fault {
    try {
      // PostgreSQL keeps microseconds.
      var time = OffsetDateTime.parse(written).toInstant().truncatedTo(ChronoUnit.MICROS);
      if (time.isBefore(EARLIEST) || time.isAfter(LATEST)) {
        throw new Fault(path, "This is not a time between the years 2000 and 2200.");
      }
      return time;
    } catch (DateTimeException notATime) {
      throw new Fault(path, "This is not a time as RFC 3339 writes it, with its offset.");
    }
  }

  private static void checkWindow(Instant opensAt, @Nullable Instant closesAt) throws Fault {
    if (closesAt == null) {
      return;
    }
    if (!closesAt.isAfter(opensAt)) {
      throw new Fault("closesAt", "A drop closes after it opens.");
    }
    if (Duration.between(opensAt, closesAt).toDays() > LIMITS.windowDaysMax()) {
      throw new Fault(
          "closesAt", "A drop is open for at most " + LIMITS.windowDaysMax() + " days.");
    }
  }

  private static <T> T present(String path, @Nullable T value) throws Fault {
    if (value == null) {
      throw new Fault(path, "This is missing.");
    }
    return value;
  }

  private static String text(String path, @Nullable String value, int charactersMax) throws Fault {
    var text = present(path, value);
    if (text.isBlank()) {
      throw new Fault(path, "This is empty.");
    }
    return bounded(path, text, charactersMax);
  }

  private static String bounded(String path, String text, int charactersMax) throws Fault {
    if (text.codePointCount(0, text.length()) > charactersMax) {
      throw new Fault(path, "This takes at most " + charactersMax + " characters.");
    }
    return text;
  }

  private static void between(String path, long value, long min, long max) throws Fault {
    if (value < min || value > max) {
      throw new Fault(path, "This is a number from " + min + " to " + max + ".");
    }
  }

  private static void atMost(String path, List<?> list, int max) throws Fault {
    if (list.size() > max) {
      throw new Fault(path, "There are at most " + max + " of them.");
    }
  }
}
