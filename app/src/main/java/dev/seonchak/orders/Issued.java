package dev.seonchak.orders;

import dev.seonchak.shared.ItemId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * An order with what became of it once it was paid.
 *
 * @param tickets one for each unit of a drop of tickets
 * @param packingSlip of a drop of goods
 * @param shipment of a drop of goods that the seller has shipped
 * @param refunds the oldest first
 */
public record Issued(
    Order order,
    List<Ticket> tickets,
    Optional<UUID> packingSlip,
    Optional<Shipment> shipment,
    List<Refund> refunds) {
  /**
   * What lets one person in.
   *
   * @param sequence the claim's number in the item's pool
   * @param unit which of the claim's units it is, from 1
   * @param code what the door checks; cannot be guessed
   * @param valid false once its unit was taken back
   */
  public record Ticket(UUID id, ItemId item, long sequence, int unit, String code, boolean valid) {}

  public Issued {
    tickets = List.copyOf(tickets);
    refunds = List.copyOf(refunds);
  }
}
