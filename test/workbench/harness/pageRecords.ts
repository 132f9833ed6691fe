import type { Page } from "playwright-core";

/** Everything a page complained about, from its first moment on. */
export interface PageRecords {
  readonly consoleErrors: string[];
  /** Content-Security-Policy violations, in any of the page's frames. */
  readonly violations: string[];
  /** Uncaught exceptions. */
  readonly exceptions: string[];
}

const policyComplaint = /content security policy/i;

/**
 * Violations are taken from the console and from DevTools' issues, not from `securitypolicyviolation` events: VS Code writes a webview's
 * document with document.open(), which removes listeners that were there before.
 */
export async function recordPage(page: Page): Promise<PageRecords> {
  const records: PageRecords = { consoleErrors: [], violations: [], exceptions: [] };
  page.on("console", (message) => {
    const text = `${message.text()} (${message.location().url})`;
    if (policyComplaint.test(message.text())) records.violations.push(text);
    else if (message.type() === "error") records.consoleErrors.push(text);
  });
  page.on("pageerror", (error) => records.exceptions.push(error.stack ?? error.message));
  const session = await page.context().newCDPSession(page);
  session.on("Audits.issueAdded", ({ issue }) => {
    const details = issue.details.contentSecurityPolicyIssueDetails;
    if (details && !details.isReportOnly) records.violations.push(`${details.violatedDirective} ${details.blockedURL ?? "inline"}`);
  });
  await session.send("Audits.enable");
  return records;
}
