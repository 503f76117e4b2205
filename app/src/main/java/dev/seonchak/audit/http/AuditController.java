package dev.seonchak.audit.http;

import dev.seonchak.audit.Audit;
import dev.seonchak.audit.Limits;
import dev.seonchak.audit.Report;
import dev.seonchak.audit.Report.ItemCount;
import dev.seonchak.audit.Report.MoneyCount;
import dev.seonchak.audit.Report.Violation;
import dev.seonchak.drops.Drops;
import dev.seonchak.shared.AccountRole;
import dev.seonchak.shared.Caller;
import dev.seonchak.shared.DropId;
import dev.seonchak.shared.Problem;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Shows a drop's seller, and operators, that the books are in order. */
@RestController
@Tag(name = "audit")
class AuditController {
  private final Audit audit;
  private final Drops drops;
  private final Semaphore places = new Semaphore(Limits.STANDARD.auditsAtOnceMax());

  AuditController(Audit audit, Drops drops) {
    this.audit = audit;
    this.drops = drops;
  }

  /** What the audit says, in JSON. */
  record AuditAnswer(
      boolean clean, List<ItemAnswer> items, MoneyCount money, List<Violation> violations) {}

  /**
   * An item's units: capacity = free + held + confirmed; numbers 1 to {@code sequences} were given.
   */
  record ItemAnswer(
      UUID itemId, long capacity, long free, long held, long confirmed, long sequences) {
    static ItemAnswer of(ItemCount count) {
      return new ItemAnswer(
          count.item().value(),
          count.capacity(),
          count.free(),
          count.held(),
          count.confirmed(),
          count.sequences());
    }
  }

  @GetMapping("/api/audit/drops/{id}")
  @Operation(
      summary = "Prove that nothing was sold twice or lost",
      description =
          """
          Compares counters with the rows they count, in one snapshot. Reads every claim of the drop, \
          so one with millions of them takes minutes. What the last of the audits that the platform \
          makes by itself has found is on the seller's page of the drop.\
          """)
  @ApiResponse(responseCode = "200", description = "Clean, or which rules do not hold")
  @ApiResponse(
      responseCode = "404",
      description =
          "`not-found`: no such drop, or the caller is neither its seller nor an operator")
  @ApiResponse(
      responseCode = "503",
      description = "`overloaded`: others are being audited just now; ask again later")
  AuditAnswer drop(@PathVariable UUID id, Caller caller) throws InterruptedException {
    var drop = new DropId(id);
    if (!caller.is(AccountRole.OPERATOR) && !isSeller(drop, caller)) {
      throw Problem.notFound("drop").refusal();
    }
    var report = audited(drop).orElseThrow(() -> Problem.notFound("drop").refusal());
    return new AuditAnswer(
        report.isClean(),
        report.items().stream().map(ItemAnswer::of).toList(),
        report.money(),
        report.violations());
  }

  /** An audit holds a connection and reads much, so whoever asks never has more than a few run. */
  private Optional<Report> audited(DropId drop) throws InterruptedException {
    if (!places.tryAcquire(Limits.STANDARD.auditWaitMax().toMillis(), TimeUnit.MILLISECONDS)) {
      throw Problem.of(503, "overloaded", "Others are being audited just now; ask again later.")
          .refusal();
    }
    try {
      return audit.drop(drop);
    } finally {
      places.release();
    }
  }

  private boolean isSeller(DropId id, Caller caller) {
    var drop = drops.find(Set.of(id)).get(id);
    return drop != null && drop.seller().equals(caller.account());
  }
}
