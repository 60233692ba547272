import { OctagonX } from 'lucide-react';
import { Component, type ErrorInfo, type ReactNode } from 'react';
import { Button } from '../ui/button.tsx';
import { ViewNotRead } from './loadable.tsx';
import { strings } from './strings.ts';

interface Props {
  readonly children: ReactNode;
  /** A new value (another page) gives the view another chance. */
  readonly resetKey: string;
  readonly onError?: ((error: Error, info: ErrorInfo) => void) | undefined;
  /** In the place of a view whose chunk could not be fetched, which is no failure of the view. */
  readonly notRead?: ((retry: () => void) => ReactNode) | undefined;
}

/** A view that throws takes down itself, not the shell, and says what to do. */
export class ErrorBoundary extends Component<Props, { failure: Error | undefined }> {
  override state: { failure: Error | undefined } = { failure: undefined };

  static getDerivedStateFromError(error: unknown): { failure: Error } {
    return { failure: error instanceof Error ? error : new Error(String(error)) };
  }

  override componentDidCatch(error: Error, info: ErrorInfo): void {
    this.props.onError?.(error, info);
  }

  override componentDidUpdate(previous: Props): void {
    if (previous.resetKey !== this.props.resetKey && this.state.failure) this.retry();
  }

  private readonly retry = (): void => {
    const { failure } = this.state;
    if (failure instanceof ViewNotRead) failure.again();
    this.setState({ failure: undefined });
  };

  override render(): ReactNode {
    const { failure } = this.state;
    if (!failure) return this.props.children;
    if (failure instanceof ViewNotRead && this.props.notRead) return this.props.notRead(this.retry);
    const text = failure.stack ?? failure.message;
    return (
      <div role="alert" className="mx-auto flex max-w-form flex-col gap-12 px-16 py-48">
        <h1 className="flex items-center gap-8 text-title">
          <OctagonX aria-hidden size={20} strokeWidth={2} className="text-danger-text" />
          {strings.failure.title}
        </h1>
        <p className="text-body text-ink-2">{strings.failure.hint}</p>
        <div className="flex gap-8">
          <Button variant="primary" onClick={this.retry}>
            {strings.failure.retry}
          </Button>
          <Button
            onClick={() => {
              window.location.reload();
            }}
          >
            {strings.failure.reload}
          </Button>
          <Button variant="ghost" onClick={() => void navigator.clipboard.writeText(text)}>
            {strings.failure.copy}
          </Button>
        </div>
        <pre
          tabIndex={0}
          className="max-h-[40vh] overflow-auto rounded-control border border-line bg-code-surface p-12 font-mono text-code whitespace-pre-wrap text-ink-2"
        >
          {text}
        </pre>
      </div>
    );
  }
}
