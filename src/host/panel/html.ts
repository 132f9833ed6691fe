export interface PageParts {
  /** The webview's own origin, as a content security policy names it. */
  cspSource: string;
  nonce: string;
  script: string;
  style: string;
  title: string;
  language: string;
}

/** The page of the panel: no inline script, no inline style, nothing from anywhere but the extension's own folder. */
export function panelHtml({ cspSource, nonce, script, style, title, language }: PageParts): string {
  const policy = [
    "default-src 'none'",
    `img-src ${cspSource} data: blob:`,
    `font-src ${cspSource}`,
    `style-src ${cspSource} 'nonce-${nonce}'`,
    `script-src 'nonce-${nonce}'`,
  ].join("; ");
  return `<!DOCTYPE html>
<html lang="${escape(language)}">
<head>
<meta charset="UTF-8">
<meta http-equiv="Content-Security-Policy" content="${escape(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta property="csp-nonce" content="${escape(nonce)}">
<link rel="stylesheet" nonce="${escape(nonce)}" href="${escape(style)}">
<title>${escape(title)}</title>
</head>
<body>
<div id="app"></div>
<script nonce="${escape(nonce)}" src="${escape(script)}"></script>
</body>
</html>
`;
}

/** Quotes stay readable in the policy: within a double-quoted attribute only these three could end anything. */
function escape(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");
}
