package dev.seonchak.payments.simulator;

/** The page on which a buyer agrees to pay, or does not. It needs no script and no other file. */
final class BuyerPage {
  private static final String STYLE =
      """
      body { font: 1.1rem/1.5 system-ui, sans-serif; margin: 0; background: #f4f4f0; color: #1c1c1c }
      main { max-width: 26rem; margin: 0 auto; padding: 1rem }
      .note { background: #5b2a86; color: #fff; padding: .75rem 1rem; border-radius: .5rem }
      .amount { font-size: 2rem; font-weight: 700; margin: .25rem 0 1.5rem }
      button { display: block; width: 100%; min-height: 3rem; margin: .75rem 0; font: inherit;
        border: 1px solid #8a8a8a; border-radius: .5rem; background: #fff; color: #1c1c1c }
      button.yes { background: #ffe000; border-color: #c9b100; font-weight: 700 }
      button:focus-visible { outline: 3px solid #5b2a86; outline-offset: 2px }
      """;

  private BuyerPage() {}

  static String open(Session session) {
    return page(
        "Payment simulator",
        """
        <p class="note">This is a simulator. No money moves.</p>
        <h1>%s</h1>
        <p>%d in all</p>
        <p class="amount">%,d won</p>
        <form method="post">
          <button class="yes" name="decision" value="approve">Approve</button>
          <button name="decision" value="decline">Decline</button>
          <button name="decision" value="close">Close</button>
        </form>
        """
            .formatted(escaped(session.item()), session.quantity(), session.amount()));
  }

  static String over(String sentence) {
    return page(
        "Payment simulator",
        "<p class=\"note\">This is a simulator. No money moves.</p><h1>"
            + escaped(sentence)
            + "</h1>");
  }

  private static String page(String title, String body) {
    return """
    <!doctype html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>%s</title>
    <style>%s</style>
    </head>
    <body><main>%s</main></body>
    </html>
    """
        .formatted(title, STYLE, body);
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
