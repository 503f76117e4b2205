package dev.seonchak.events.http;

import dev.seonchak.events.kafka.DeadLetters;
import dev.seonchak.runtime.ConditionalOnRole;
import dev.seonchak.runtime.Role;
import dev.seonchak.shared.AccountRole;
import dev.seonchak.shared.Caller;
import dev.seonchak.shared.Problem;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.OptionalInt;
import org.apache.kafka.common.KafkaException;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Sends again what a subscriber could not handle, once its fault is mended. */
@RestController
@RequestMapping("/api/events/dead-letters")
@ConditionalOnRole(Role.EDGE)
@Tag(name = "events")
class DeadLettersController {
  private final DeadLetters deadLetters;

  DeadLettersController(DeadLetters deadLetters) {
    this.deadLetters = deadLetters;
  }

  /** How many events were sent again. */
  record Replayed(int replayed) {}

  @PostMapping("/{aggregate}/replay")
  @Operation(
      summary = "Send events again that were set aside",
      description =
          """
          For operators. Takes those set aside since the last replay, at most 10,000, and sends each \
          to the subscriber that could not handle it. Events already handled have no second effect.\
          """)
  @ApiResponse(responseCode = "200", description = "How many were sent again")
  @ApiResponse(responseCode = "403", description = "`forbidden`: the caller is not an operator")
  @ApiResponse(
      responseCode = "404",
      description = "`not-found`: no event of this kind was set aside")
  @ApiResponse(responseCode = "503", description = "`events-unavailable`: Kafka does not answer")
  Replayed replay(@PathVariable String aggregate, Caller caller) throws InterruptedException {
    if (!caller.is(AccountRole.OPERATOR)) {
      throw Problem.of(403, "forbidden", "Only operators may do this.").refusal();
    }
    OptionalInt replayed;
    try {
      replayed = deadLetters.replay(aggregate);
    } catch (KafkaException e) {
      throw Problem.of(503, "events-unavailable", "Kafka does not answer; try again later.")
          .refusal();
    }
    return new Replayed(replayed.orElseThrow(() -> Problem.notFound("dead letter").refusal()));
  }
}
