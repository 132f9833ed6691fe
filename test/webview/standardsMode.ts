/**
 * KaTeX looks, when it is loaded, whether the page is in quirks mode; a test's page has no doctype of its own. To be imported
 * before anything that imports KaTeX.
 */
Object.defineProperty(document, "compatMode", { value: "CSS1Compat" });
