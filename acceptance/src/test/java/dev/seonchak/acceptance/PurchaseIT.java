package dev.seonchak.acceptance;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Dialog;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.LocatorAssertions;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Stories in a real browser: from an empty platform to an order that was delivered or given back.
 */
class PurchaseIT {
  private static final double CONFIRMED_WITHIN_MILLIS = 20_000;
  private static final double AUDITED_WITHIN_MILLIS = 30_000;

  @Test
  void sellerOpensADropAndBuyerHoldsFillsPaysAndSeesItConfirmed(@TempDir Path data)
      throws Exception {
    Path chromium = chromium();
    try (var platform = Platform.start(data.resolve("data"));
        var playwright = Playwright.create(withoutDownload());
        Browser browser = playwright.chromium().launch(options(chromium))) {
      URI url = platform.url();
      Page seller = page(browser, url, 1280, 900);
      String drop = opensADrop(seller);

      Page buyer = page(browser, url, 390, 844);
      signsUp(buyer, "Bora", "bora@example.com", false);
      holds(buyer, drop, 12);
      fillsAndPays(buyer, "KakaoPay");
      approvesAtTheGateway(buyer);
      assertConfirmed(buyer);
      screenshot(buyer, "order-confirmed");
      seller.reload();
      assertThat(seller.locator("#seller-orders")).containsText("CONFIRMED");
      assertCleanFromNowOn(seller);
      screenshot(seller, "seller-drop");

      shipsAndRefunds(seller, buyer);
      assertThat(buyer.locator("#order-state")).hasText("DELIVERED");
      buyer.reload();
      assertThat(buyer.locator("#shipment")).containsText("6412-8899-0013");
      assertThat(buyer.locator("main")).containsText("−₩30,000");
      screenshot(buyer, "order-delivered");

      paysThroughTossAndGetsItBack(buyer, drop);
      seller.navigate("/seller/drops/" + drop);
      assertCleanFromNowOn(seller);
    }
  }

  private static void paysThroughTossAndGetsItBack(Page buyer, String drop) {
    buyer.onDialog(Dialog::accept);
    holds(buyer, drop, 11);
    fillsAndPays(buyer, "Toss Payments");
    assertThat(buyer.locator("#methods")).containsText("simulator");
    screenshot(buyer, "widget");
    buyer.click("#widget button.main");
    approvesAtTheGateway(buyer);
    assertConfirmed(buyer);
    buyer.click("text=Cancel and get ₩180,000 back");
    assertThat(buyer.locator("#order-state")).hasText("REFUNDED");
  }

  /**
   * The page renews what the last audit found; the one that counts began after what went before.
   */
  private static void assertCleanFromNowOn(Page seller) {
    var before = seller.locator("#audit").getAttribute("data-at");
    for (int round = 0; round < 2; round++) {
      assertThat(seller.locator("#audit:not([data-at='" + before + "'])"))
          .hasText(
              "audit clean",
              new LocatorAssertions.HasTextOptions().setTimeout(AUDITED_WITHIN_MILLIS));
      before = seller.locator("#audit").getAttribute("data-at");
    }
  }

  private static void assertConfirmed(Page buyer) {
    assertThat(buyer.locator("#order-state"))
        .hasText(
            "CONFIRMED",
            new LocatorAssertions.HasTextOptions().setTimeout(CONFIRMED_WITHIN_MILLIS));
  }

  @Test
  void buyerPaysByBankTransferAndSellerConfirmsIt(@TempDir Path data) throws Exception {
    Path chromium = chromium();
    try (var platform = Platform.start(data.resolve("data"));
        var playwright = Playwright.create(withoutDownload());
        Browser browser = playwright.chromium().launch(options(chromium))) {
      URI url = platform.url();
      Page seller = page(browser, url, 1280, 900);
      seller.onDialog(Dialog::accept);
      String drop = opensADrop(seller);

      Page buyer = page(browser, url, 390, 844);
      buyer.onDialog(Dialog::accept);
      signsUp(buyer, "Bora", "bora@example.com", false);
      holds(buyer, drop, 12);
      buyer.fill("#pay textarea", "12 Samcheong-ro, Jongno-gu, Seoul");
      buyer.click("#pay button.second");
      assertThat(buyer.locator("#order-state")).hasText("AWAITING_DEPOSIT");
      assertThat(buyer.locator("main")).containsText("123456-04-567890");
      screenshot(buyer, "order-deposit");

      seller.reload();
      seller.click("#seller-orders td a");
      screenshot(seller, "seller-deposit");
      seller.click("#deposit button.main");
      assertConfirmed(buyer);

      buyer.click("text=Cancel and get ₩180,000 back");
      assertThat(buyer.locator("#order-state")).hasText("REFUNDED");
      screenshot(buyer, "order-cancelled-paid");
      seller.reload();
      seller.click("text=I have sent ₩180,000 back");
      assertThat(seller.locator("#deposit")).containsText("SENT_BACK");
      screenshot(seller, "seller-sent-back");
      seller.navigate("/seller/drops/" + drop);
      assertCleanFromNowOn(seller);
    }
  }

  private static void shipsAndRefunds(Page seller, Page buyer) {
    seller.onDialog(Dialog::accept);
    seller.click("#seller-orders td a");
    assertThat(seller.locator("#ship")).isVisible();
    screenshot(seller, "seller-order");
    seller.fill("#ship [name=carrier]", "CJ Logistics");
    seller.fill("#ship [name=trackingNumber]", "6412-8899-0013");
    seller.click("#ship button.main");
    assertThat(seller.locator("#order-state")).hasText("SHIPPED");
    assertThat(buyer.locator("#order-state")).hasText("SHIPPED");
    seller.click("#deliver button.main");
    assertThat(seller.locator("#order-state")).hasText("DELIVERED");
    seller.click("text=Money alone");
    seller.fill("#refund-money [name=amount]", "30000");
    seller.fill("#refund-money [name=note]", "For the scratch; sorry.");
    screenshot(seller, "seller-refund");
    seller.click("#refund-money button");
    assertThat(seller.locator("main")).containsText("−₩30,000");
    screenshot(seller, "seller-refunded-in-part");
  }

  private static String opensADrop(Page seller) {
    signsUp(seller, "Sejin", "sejin@example.com", true);
    seller.navigate("/seller/drops/new");
    seller.fill("#title", "Moon jar, second kiln");
    seller.fill("#description", "Twelve jars, thrown and fired by hand.");
    seller.fill("#item-0-name", "Moon jar, 30 cm");
    seller.fill("#item-0-price", "180000");
    seller.fill("#item-0-capacity", "12");
    seller.click("[data-add=questions]");
    seller.fill("[name='questions.0.label']", "Where shall it go?");
    seller.selectOption("[name='questions.0.type']", "ADDRESS");
    seller.check("[name='questions.0.required']");
    seller.click("text=Take bank transfers too");
    seller.fill("[name='bankTransfer.bank']", "Kookmin Bank");
    seller.fill("[name='bankTransfer.account']", "123456-04-567890");
    seller.fill("[name='bankTransfer.holder']", "Kim Sejin");
    // It opened a while ago, so that nobody has to wait.
    seller.fill("#opensAt", "2026-01-01T10:00");
    screenshot(seller, "new-drop");
    seller.click("#new-drop button.main");
    seller.waitForURL(Pattern.compile(".*/seller/drops/[0-9a-f-]{36}"));
    seller.click("[data-api$='/publish'] button");
    assertThat(seller.locator(".badge", new Page.LocatorOptions().setHasText("Open"))).isVisible();
    return seller.url().substring(seller.url().lastIndexOf('/') + 1);
  }

  private static void signsUp(Page page, String name, String email, boolean sells) {
    page.navigate("/sign-up");
    page.fill("#name", name);
    page.fill("#email", email);
    page.fill("#password", "a long enough password");
    if (sells) {
      page.check("[value=SELLER]");
    }
    page.click("button.main");
    assertThat(page.locator("text=My orders")).isVisible();
  }

  private static void holds(Page buyer, String drop, int left) {
    buyer.navigate("/drops/" + drop);
    assertThat(buyer.locator("#stock")).containsText(left + " left");
    screenshot(buyer, "drop");
    buyer.click("#hold button.main");
    buyer.waitForURL(Pattern.compile(".*/orders/[0-9a-f-]{36}"));
    assertThat(buyer.locator("#order-state")).hasText("PENDING");
  }

  private static void fillsAndPays(Page buyer, String company) {
    buyer.fill("#pay textarea", "12 Samcheong-ro, Jongno-gu, Seoul");
    screenshot(buyer, "order-pending");
    buyer.click("#pay button.main:has-text('" + company + "')");
  }

  private static void approvesAtTheGateway(Page buyer) {
    var approve = buyer.locator("[value=approve]");
    assertThat(approve).isVisible();
    screenshot(buyer, "gateway");
    approve.click();
    buyer.waitForURL(Pattern.compile(".*/orders/[0-9a-f-]{36}"));
  }

  private static Page page(Browser browser, URI url, int width, int height) {
    BrowserContext context =
        browser.newContext(
            new Browser.NewContextOptions()
                .setBaseURL(url.toString())
                .setTimezoneId("UTC")
                .setViewportSize(width, height));
    return context.newPage();
  }

  private static void screenshot(Page page, String name) {
    page.screenshot(
        new Page.ScreenshotOptions()
            .setFullPage(true)
            .setPath(Path.of("target", "screenshots", name + ".png")));
  }

  private static Playwright.CreateOptions withoutDownload() {
    return new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1"));
  }

  private static BrowserType.LaunchOptions options(Path chromium) {
    return new BrowserType.LaunchOptions()
        .setExecutablePath(chromium)
        .setArgs(
            List.of(
                "--no-sandbox",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-dev-shm-usage"));
  }

  private static Path chromium() {
    Optional<Path> found =
        Stream.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
            .map(Path::of)
            .filter(Files::isExecutable)
            .findFirst();
    if (found.isEmpty() && Boolean.parseBoolean(System.getenv("SEONCHAK_BROWSER_REQUIRED"))) {
      fail("no Chromium on this machine");
    }
    assumeTrue(found.isPresent(), "no Chromium on this machine; apt-get install chromium");
    return found.get();
  }
}
