import { lazy, Suspense } from 'react';
import type { MarkdownProps } from './markdown-props.ts';

// Loaded with the first view that shows prose, not with the shell.
const Body = lazy(async () => ({ default: (await import('./markdown-body.tsx')).MarkdownBody }));

/** Prose written by people or agents: no images, no raw HTML, and each link says where it leads. */
export function Markdown({ text, onOpenLink }: MarkdownProps) {
  return (
    <Suspense
      fallback={
        <div aria-busy className="max-w-read text-read whitespace-pre-wrap text-ink">
          {text}
        </div>
      }
    >
      <Body text={text} onOpenLink={onOpenLink} />
    </Suspense>
  );
}
