import { memo } from 'react';
import ReactMarkdown, { type Components } from 'react-markdown';
import rehypeSanitize, { defaultSchema } from 'rehype-sanitize';
import remarkGfm from 'remark-gfm';
import type { MarkdownProps } from './markdown-props.ts';

const schema = {
  ...defaultSchema,
  tagNames: (defaultSchema.tagNames ?? []).filter((name) => name !== 'img'),
};

function hostOf(url: string): string | undefined {
  try {
    const { protocol, host } = new URL(url);
    return protocol === 'https:' || protocol === 'http:' ? host : undefined;
  } catch {
    // Not an absolute address: there is nowhere to go from here, so it stays text.
    return undefined;
  }
}

function parts(onOpenLink: MarkdownProps['onOpenLink']): Components {
  return {
    a({ href, children }) {
      const host = href === undefined ? undefined : hostOf(href);
      if (href === undefined || host === undefined) return <span>{children}</span>;
      const shown = <span className="ms-4 inline-block font-mono text-micro text-ink-3">{host}</span>;
      if (!onOpenLink)
        return (
          <span>
            {children}
            {shown}
          </span>
        );
      return (
        <a
          href={href}
          rel="noreferrer"
          title={href}
          className="text-accent-text underline decoration-1 underline-offset-2"
          onClick={(event) => {
            event.preventDefault();
            onOpenLink(href);
          }}
        >
          {children}
          {shown}
        </a>
      );
    },
    h1: ({ children }) => <h2 className="mt-20 mb-8 text-title first:mt-0">{children}</h2>,
    h2: ({ children }) => <h3 className="mt-16 mb-6 text-read font-strong first:mt-0">{children}</h3>,
    h3: ({ children }) => <h4 className="mt-12 mb-4 text-read font-medium first:mt-0">{children}</h4>,
    p: ({ children }) => <p className="my-8 first:mt-0 last:mb-0">{children}</p>,
    ul: ({ children }) => <ul className="my-8 list-disc ps-20 marker:text-ink-3">{children}</ul>,
    ol: ({ children, start }) => (
      <ol start={start} className="my-8 list-decimal ps-20 marker:text-ink-3">
        {children}
      </ol>
    ),
    li: ({ children }) => <li className="my-2 has-[>input]:-ms-20 has-[>input]:list-none">{children}</li>,
    blockquote: ({ children }) => (
      <blockquote className="my-8 border-s-2 border-line ps-12 text-ink-2">{children}</blockquote>
    ),
    hr: () => <hr className="my-16 border-line" />,
    code: ({ children }) => (
      <code className="rounded-chip bg-inset px-4 py-px font-mono text-code wrap-anywhere">{children}</code>
    ),
    pre: ({ children }) => (
      // A scrolling block must be reachable by keyboard.
      <pre
        tabIndex={0}
        role="group"
        aria-label="Code"
        className="my-8 overflow-x-auto rounded-control border border-line bg-code-surface px-12 py-8 [&>code]:bg-transparent [&>code]:p-0 [&>code]:whitespace-pre"
      >
        {children}
      </pre>
    ),
    table: ({ children }) => (
      <div className="my-8 overflow-x-auto">
        <table className="w-full border-collapse text-body tabular-nums">{children}</table>
      </div>
    ),
    th: ({ children }) => (
      <th className="border-b border-line px-8 py-4 text-start font-medium text-ink-2">{children}</th>
    ),
    td: ({ children }) => <td className="border-b border-line px-8 py-4 align-top">{children}</td>,
    input: ({ checked, type }) => (
      <input
        type={type}
        checked={checked ?? false}
        readOnly
        disabled
        aria-label={checked ? 'done' : 'open'}
        className="me-6 align-middle"
      />
    ),
  };
}

export const MarkdownBody = memo(function MarkdownBody({ text, onOpenLink }: MarkdownProps) {
  return (
    <div className="max-w-read text-read text-ink wrap-anywhere">
      <ReactMarkdown
        remarkPlugins={[remarkGfm]}
        rehypePlugins={[[rehypeSanitize, schema]]}
        components={parts(onOpenLink)}
      >
        {text}
      </ReactMarkdown>
    </div>
  );
});
