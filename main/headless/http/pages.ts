import { plainText } from '../plain-text.ts';

/** Text made safe inside HTML elements and quoted attributes. */
export function escapeHtml(text: string): string {
  return plainText(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

/** A whole page of Homer's own, without scripts. `body` is HTML. */
export function page(title: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(title)}</title>
<link rel="stylesheet" href="/docs/pages.css">
</head>
<body>
<main>
${body}
</main>
</body>
</html>
`;
}

/** A page that says one thing and what to do about it. `commands` are shown as they are typed. */
export function noticePage(title: string, message: string, commands: readonly string[]): string {
  const typed = commands.map((command) => `<pre><code>${escapeHtml(command)}</code></pre>`).join('\n');
  return page(`${title} · Homer`, `<h1>${escapeHtml(title)}</h1>\n<p>${escapeHtml(message)}</p>\n${typed}`);
}

export const pagesCss = `:root {
  color-scheme: light dark;
  --ground: oklch(.972 .003 265); --ink: oklch(.235 .012 265); --quiet: oklch(.43 .012 265);
  --line: oklch(.905 .005 265); --code: oklch(.945 .005 265); --accent: oklch(.47 .19 280);
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: oklch(.165 .006 265); --ink: oklch(.93 .005 265); --quiet: oklch(.765 .01 265);
    --line: oklch(.285 .009 265); --code: oklch(.235 .008 265); --accent: oklch(.76 .125 280);
  }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 16px/1.55 system-ui, sans-serif; }
main { max-width: 60rem; margin: 0 auto; padding: 3rem 1.25rem 6rem; }
h1 { font-size: 1.75rem; line-height: 1.2; margin: 0 0 1rem; text-wrap: balance; }
h2 { font-size: 1.15rem; margin: 2.5rem 0 .5rem; padding-top: 1rem; border-top: 1px solid var(--line); }
p { margin: .5rem 0; max-width: 70ch; }
a { color: var(--accent); }
a:focus-visible, summary:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
code, pre { font-family: ui-monospace, "JetBrains Mono", monospace; font-size: .875rem; }
pre { background: var(--code); border: 1px solid var(--line); border-radius: 6px; padding: .75rem; overflow-x: auto; }
article { padding: .75rem 0; border-bottom: 1px solid var(--line); }
article h3 { font-size: 1rem; margin: 0; font-weight: 600; overflow-wrap: anywhere; }
.method { color: var(--accent); }
.quiet { color: var(--quiet); }
table { border-collapse: collapse; width: 100%; margin: .5rem 0; font-size: .9rem; }
th, td { text-align: left; vertical-align: top; padding: .3rem .75rem .3rem 0; border-bottom: 1px solid var(--line); overflow-wrap: anywhere; }
th { font-weight: 600; color: var(--quiet); }
nav ul { columns: 14rem; list-style: none; padding: 0; }
summary { cursor: pointer; color: var(--quiet); }
`;
