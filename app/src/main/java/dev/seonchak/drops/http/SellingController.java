package dev.seonchak.drops.http;

import dev.seonchak.drops.Browsing;
import dev.seonchak.drops.Draft;
import dev.seonchak.drops.Drop;
import dev.seonchak.drops.Selling;
import dev.seonchak.drops.Selling.Outcome;
import dev.seonchak.shared.AccountRole;
import dev.seonchak.shared.Caller;
import dev.seonchak.shared.DropId;
import dev.seonchak.shared.Problem;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.time.Clock;
import java.util.UUID;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Lets a seller create and change drops. */
@RestController
@RequestMapping("/api/drops")
@Tag(name = "drops")
class SellingController {
  private final Selling selling;
  private final Browsing browsing;
  private final Clock clock;

  SellingController(Selling selling, Browsing browsing, Clock clock) {
    this.selling = selling;
    this.browsing = browsing;
    this.clock = clock;
  }

  @PostMapping
  @Operation(
      summary = "Create a drop as a draft",
      description =
          "Prices in won, times in RFC 3339. Nobody else sees it before it is published. Deposits are"
              + " taken when `bankTransfer` says where; `cancelHours` is how long after ordering"
              + " a buyer may cancel what is paid and not shipped (168, for tickets 24).")
  @ApiResponse(responseCode = "201", description = "The draft")
  @ApiResponse(responseCode = "403", description = "`not-a-seller`")
  @ApiResponse(responseCode = "422", description = "`invalid`, with the path of the first `field`")
  ResponseEntity<DropAnswer> create(@RequestBody Draft draft, Caller caller) {
    if (!caller.is(AccountRole.SELLER)) {
      throw Problem.of(403, "not-a-seller", "Only a seller opens drops.").refusal();
    }
    var answer = answer(selling.create(caller.account(), draft));
    return ResponseEntity.created(URI.create("/api/drops/" + answer.id())).body(answer);
  }

  @PutMapping("/{id}")
  @Operation(
      summary = "Replace what a drop says",
      description =
          """
          A draft can change in everything. Once it is published, only title, description, \
          closesAt and bankTransfer can, and capacities can grow.\
          """)
  @ApiResponse(responseCode = "200", description = "The drop as it is now")
  @ApiResponse(responseCode = "404", description = "`not-found`: none, or somebody else's")
  @ApiResponse(
      responseCode = "409",
      description = "`published` with the `field` that no longer changes; `closed`")
  @ApiResponse(responseCode = "422", description = "`invalid`, with the path of the first `field`")
  DropAnswer edit(@PathVariable UUID id, @RequestBody Draft draft, Caller caller) {
    return answer(selling.edit(caller.account(), new DropId(id), draft));
  }

  @PostMapping("/{id}/publish")
  @Operation(summary = "Publish a draft; again changes nothing")
  @ApiResponse(responseCode = "200", description = "The published drop")
  @ApiResponse(responseCode = "404", description = "`not-found`: none, or somebody else's")
  @ApiResponse(responseCode = "409", description = "`closed`")
  @ApiResponse(
      responseCode = "422",
      description = "`invalid`: nothing to sell, or `closesAt` has passed")
  DropAnswer publish(@PathVariable UUID id, Caller caller) {
    return answer(selling.publish(caller.account(), new DropId(id)));
  }

  @PostMapping("/{id}/close")
  @Operation(summary = "End the sale now; again changes nothing")
  @ApiResponse(responseCode = "200", description = "The closed drop")
  @ApiResponse(responseCode = "404", description = "`not-found`: none, or somebody else's")
  @ApiResponse(responseCode = "409", description = "`draft`: it was never published")
  DropAnswer close(@PathVariable UUID id, Caller caller) {
    return answer(selling.close(caller.account(), new DropId(id)));
  }

  private DropAnswer answer(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Done(var drop) ->
          DropAnswer.of(browsing.offer(drop), clock.instant(), drop.seller());
      case Outcome.Unknown() -> throw Problem.notFound("drop").refusal();
      case Outcome.Invalid(var field, var reason) -> throw Problem.invalid(field, reason).refusal();
      case Outcome.Published(var field) ->
          throw Problem.of(409, "published", "This no longer changes once a drop is published.")
              .with("field", field)
              .refusal();
      case Outcome.Not(var state) -> throw not(state).refusal();
    };
  }

  private static Problem not(Drop.State state) {
    return switch (state) {
      case DRAFT -> Problem.of(409, "draft", "The drop was never published.");
      case PUBLISHED -> Problem.of(409, "published", "The drop is published.");
      case CLOSED -> Problem.of(409, "closed", "The drop is closed.");
    };
  }
}
