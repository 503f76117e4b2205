// Opens the widget of Toss Payments in our page with what the page says; the widget's own script
// has been loaded before this one.
'use strict';

(() => {
  const page = document.getElementById('widget');
  const button = page.querySelector('button');
  const problem = page.querySelector('.problem');
  const {clientKey, orderId, orderName, amount, successUrl, failUrl} = page.dataset;

  const open = async () => {
    if (!window.TossPayments) throw new Error('no script');
    const toss = window.TossPayments(clientKey);
    // The page needs no session, so it must not show anybody's stored cards.
    const widgets = toss.widgets({customerKey: window.TossPayments.ANONYMOUS});
    await widgets.setAmount({currency: 'KRW', value: Number(amount)});
    await Promise.all([
      widgets.renderPaymentMethods({selector: '#methods', variantKey: 'DEFAULT'}),
      widgets.renderAgreement({selector: '#agreement', variantKey: 'AGREEMENT'}),
    ]);
    button.addEventListener('click', async () => {
      button.disabled = true;
      problem.textContent = '';
      try {
        await widgets.requestPayment({orderId, orderName, successUrl, failUrl});
      } catch (refusal) {
        problem.textContent = refusal.message || 'That did not work. Nothing was charged.';
        button.disabled = false;
      }
    });
    button.disabled = false;
  };

  open().catch(() => {
    problem.textContent = 'Toss Payments cannot be reached. Nothing was charged; try again, or pay another way.';
  });
})();
