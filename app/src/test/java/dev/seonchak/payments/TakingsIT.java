package dev.seonchak.payments;

import static org.assertj.core.api.Assertions.assertThat;

import dev.seonchak.orders.Takings.Standing;
import dev.seonchak.payments.postgres.PostgresRefunds;
import dev.seonchak.payments.postgres.PostgresTakings;
import dev.seonchak.shared.Money;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** What an order keeps is read while the reconciler ends a refund. */
class TakingsIT {
  private final Shop shop = Shop.open(1);

  @AfterEach
  void close() {
    shop.close();
  }

  @Test
  void neverTakesARefundThatEndsMeanwhileForNoMoneyAtAll() {
    var back = shop.agreed(Duration.ofMinutes(5));
    var payment = shop.comeBack(back).id();
    var refunds = new PostgresRefunds(shop.database);
    assertThat(shop.refund(payment, 3_000)).isTrue();
    var open = refunds.openRefund(payment).orElseThrow().refund();
    var meanwhile = new Meanwhile(shop.source, () -> refunds.refundDone(payment, open));
    var takings = new PostgresTakings(JdbcClient.create(meanwhile), refunds);

    assertThat(takings.standing(back.order())).isEqualTo(new Standing.OnItsWay());

    refunds.refundDone(payment, open);
    assertThat(takings.standing(back.order())).isEqualTo(new Standing.Kept(new Money(9_000)));
  }

  /** Lets something happen between the first statement and the second. */
  private static final class Meanwhile extends DelegatingDataSource {
    private final Runnable happening;
    private final AtomicInteger statements = new AtomicInteger();

    Meanwhile(DataSource source, Runnable happening) {
      super(source);
      this.happening = happening;
    }

    @Override
    public Connection getConnection() throws SQLException {
      var connection = super.getConnection();
      return (Connection)
          Proxy.newProxyInstance(
              TakingsIT.class.getClassLoader(),
              new Class<?>[] {Connection.class},
              (_, method, arguments) -> {
                if (method.getName().equals("prepareStatement")
                    && statements.incrementAndGet() == 2) {
                  happening.run();
                }
                try {
                  return method.invoke(connection, arguments);
                } catch (InvocationTargetException e) {
                  throw e.getCause();
                }
              });
    }
  }
}
