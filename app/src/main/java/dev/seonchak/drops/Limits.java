package dev.seonchak.drops;

/**
 * Every bound of this module; text is counted in code points.
 *
 * @param orderTicketsMax how many tickets one order, and so one person at a time, can be for
 * @param cancelHoursMax how long after ordering a seller can let buyers cancel what they paid for
 * @param depositMinutesMax how long an order may wait for its deposit
 * @param windowDaysMax how long a drop may stay open
 * @param formCharactersMax labels and choices of all questions together
 * @param pageDropsMax how many drops one page of the list shows
 * @param cachedDropsMax how many drops, known or known not to exist, the local cache remembers
 * @param cachedMillis how old what the cache says may be
 * @param idleSeconds after how long without a reader a cached drop is no longer refreshed
 */
public record Limits(
    int titleCharactersMax,
    int descriptionCharactersMax,
    int itemsMax,
    int itemNameCharactersMax,
    long priceWonMax,
    long capacityUnitsMax,
    int limitPerPersonUnitsMax,
    int limitPerPersonUnitsDefault,
    int orderTicketsMax,
    int holdMinutesMin,
    int holdMinutesMax,
    int holdMinutesGoodsDefault,
    int holdMinutesTicketDefault,
    int cancelHoursMax,
    int cancelHoursGoodsDefault,
    int cancelHoursTicketDefault,
    int depositMinutesMin,
    int depositMinutesMax,
    int depositMinutesDefault,
    int bankCharactersMax,
    int windowDaysMax,
    int questionsMax,
    int questionIdCharactersMax,
    int questionLabelCharactersMax,
    int choicesMax,
    int choiceCharactersMax,
    int formCharactersMax,
    int textCharactersMax,
    int longTextCharactersMax,
    int addressCharactersMax,
    int phoneCharactersMax,
    int searchCharactersMax,
    int pageDropsMax,
    int cachedDropsMax,
    int cachedMillis,
    int idleSeconds) {

  public static final Limits STANDARD =
      new Limits(
          /* titleCharactersMax= */ 100,
          /* descriptionCharactersMax= */ 10_000,
          /* itemsMax= */ 50,
          /* itemNameCharactersMax= */ 100,
          /* priceWonMax= */ 1_000_000_000_000L,
          /* capacityUnitsMax= */ 10_000_000L,
          /* limitPerPersonUnitsMax= */ 1_000_000,
          /* limitPerPersonUnitsDefault= */ 2,
          /* orderTicketsMax= */ 1_000,
          /* holdMinutesMin= */ 1,
          /* holdMinutesMax= */ 60,
          /* holdMinutesGoodsDefault= */ 5,
          /* holdMinutesTicketDefault= */ 10,
          /* cancelHoursMax= */ 8_784,
          /* cancelHoursGoodsDefault= */ 168,
          /* cancelHoursTicketDefault= */ 24,
          /* depositMinutesMin= */ 10,
          /* depositMinutesMax= */ 1_440,
          /* depositMinutesDefault= */ 30,
          /* bankCharactersMax= */ 40,
          /* windowDaysMax= */ 366,
          /* questionsMax= */ 30,
          /* questionIdCharactersMax= */ 40,
          /* questionLabelCharactersMax= */ 200,
          /* choicesMax= */ 50,
          /* choiceCharactersMax= */ 100,
          /* formCharactersMax= */ 20_000,
          /* textCharactersMax= */ 200,
          /* longTextCharactersMax= */ 2_000,
          /* addressCharactersMax= */ 300,
          /* phoneCharactersMax= */ 30,
          /* searchCharactersMax= */ 100,
          /* pageDropsMax= */ 20,
          /* cachedDropsMax= */ 1_000,
          /* cachedMillis= */ 900,
          /* idleSeconds= */ 60);
}
