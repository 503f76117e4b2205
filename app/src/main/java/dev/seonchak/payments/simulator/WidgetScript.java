package dev.seonchak.payments.simulator;

import java.net.URI;

/**
 * The widget's script as a page of the shop loads it: the same functions with the same arguments as
 * Toss Payments' own, version 2, as far as paying once goes.
 */
final class WidgetScript {
  private WidgetScript() {}

  static String at(URI simulator) {
    return """
    'use strict';
    window.TossPayments = clientKey => ({
      widgets: ({customerKey}) => {
        let amount;
        return {
          setAmount: async ({currency, value}) => {
            if (currency !== 'KRW' || !customerKey) throw new Error('Only won, and with a customer.');
            amount = value;
          },
          renderPaymentMethods: async ({selector}) => {
            document.querySelector(selector).textContent = 'This is a simulator. No money moves.';
          },
          renderAgreement: async ({selector}) => {
            document.querySelector(selector).textContent = '';
          },
          requestPayment: async ({orderId, orderName, successUrl, failUrl}) => {
            const asked = new URLSearchParams({clientKey, amount, orderId, orderName, successUrl, failUrl});
            location.assign('%s/toss/widget?' + asked);
          },
        };
      },
    });
    window.TossPayments.ANONYMOUS = 'ANONYMOUS';
    """
        .formatted(simulator);
  }
}
