import type { ContractFailure } from '../../../preload/contract/errors.ts';
import { OutputBlock } from '../run/output-block.tsx';
import { strings } from './strings.ts';

/** What the tests wrote that refused the merged result. */
export function MergedTests({ failure: { details } }: { failure: ContractFailure }) {
  if (typeof details !== 'object' || details === null || Array.isArray(details)) return null;
  const { output } = details;
  if (typeof output !== 'string') return null;
  return (
    <section aria-label={strings.apply.testOutput} className="flex min-w-0 flex-col gap-4">
      <h3 className="text-meta font-medium text-ink-2">{strings.apply.testOutput}</h3>
      <OutputBlock text={output} className="max-h-[28vh]" />
    </section>
  );
}
