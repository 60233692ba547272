/** Markdown with all that may stand in it, and some that may not. */
export const prose = `## What changed

Paragraph with \`inline code\`, **strong** words and a [link](https://example.com/docs/page). Images such as ![x](https://example.com/x.png) are off.

- [x] first point
- [ ] second point

| Part | Tests |
|---|---|
| queue | 12 |

\`\`\`ts
const answer = await drain(queue, { timeout: 30_000, signal: controller.signal, onProgress: report });
\`\`\`

> A remark of somebody else. <script>alert(1)</script>
`;
