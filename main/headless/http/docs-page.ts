import { z } from 'zod';
import { bare } from './rest-input.ts';
import { escapeHtml, page } from './pages.ts';
import { restTable, type RestRoute } from './rest-table.ts';

/** The REST surface for people: every path with its fields, made from the contract. */
export function docsPage(version: string): string {
  const groups = new Map<string, RestRoute[]>();
  for (const route of restTable()) {
    const noun = route.name.split('.')[0] ?? '';
    groups.set(noun, [...(groups.get(noun) ?? []), route]);
  }
  const nouns = [...groups.keys()];
  return page(
    'Homer API',
    `<h1>Homer API</h1>
<p>Version ${escapeHtml(version)}. The same operations as the dashboard and the <code>homer</code> command, on this machine only.
The machine-readable form is <a href="/docs/openapi.json">openapi.json</a>.</p>
<pre><code>curl -H "Authorization: Bearer $(homer token)" http://127.0.0.1:7717/runs</code></pre>
<p>Success answers with the value; failure with <code>{"ok": false, "error": {"tag", "message", "hint"}}</code> and a fitting status.
Each operation is also at <code>POST /api/&lt;operation&gt;</code> with its whole input as JSON.</p>
<p><code>GET /api/live?after=N</code> and <code>GET /runs/{id}/events</code> (with <code>Accept: text/event-stream</code>) are server-sent
events; both resume from <code>Last-Event-ID</code>.</p>
<nav aria-label="Groups"><ul>${nouns.map((noun) => `<li><a href="#${escapeHtml(noun)}">${escapeHtml(noun)}</a></li>`).join('')}</ul></nav>
${nouns.map((noun) => `<h2 id="${escapeHtml(noun)}">${escapeHtml(noun)}</h2>\n${(groups.get(noun) ?? []).map(article).join('\n')}`).join('\n')}`,
  );
}

function article(route: RestRoute): string {
  const { input } = route.operation;
  const shape = input instanceof z.ZodObject ? (input.shape as Record<string, z.ZodType>) : {};
  const rows = Object.entries(shape).map(([field, schema]) => {
    const place = route.pathFields.includes(field) ? 'path' : field in route.queryFields ? 'query' : 'body';
    const need = schema.safeParse(undefined).success ? 'optional' : 'required';
    return `<tr><td><code>${escapeHtml(field)}</code></td><td>${place}</td><td>${escapeHtml(kindOf(schema))}</td><td>${need}</td></tr>`;
  });
  const fields = rows.length
    ? `<details><summary>${String(rows.length)} ${rows.length === 1 ? 'field' : 'fields'}</summary><table><thead><tr><th scope="col">Field</th><th scope="col">In</th><th scope="col">Kind</th><th scope="col">Need</th></tr></thead><tbody>${rows.join('')}</tbody></table></details>`
    : '';
  return `<article><h3><code><span class="method">${route.method}</span> ${escapeHtml(route.path)}</code></h3>
<p>${escapeHtml(route.operation.summary)} <span class="quiet"><code>${escapeHtml(route.name)}</code></span></p>${fields}</article>`;
}

function kindOf(schema: z.ZodType): string {
  const inner = bare(schema);
  if (inner instanceof z.ZodEnum) return inner.options.join(', ');
  if (inner instanceof z.ZodArray) return 'list';
  return inner.type;
}
