import type { ReactNode } from 'react';
import { Check, Pilcrow, WrapText } from 'lucide-react';
import { labels } from '../../../preload/contract/labels.ts';
import { useQuery } from '../../client/client-context.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Mono } from '../../ui/mono.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import type { RunDetail } from '../run/run-types.ts';
import type { Diff } from './diff-file.ts';
import { strings } from './strings.ts';
import { TestVerdict } from './test-verdict.tsx';

export const tabs = ['changes', 'tests', 'policy', 'evidence'] as const;
export type Tab = (typeof tabs)[number];

/** How the diff is drawn. */
export interface DiffView {
  readonly split: boolean;
  readonly setLayout: (layout: string) => void;
  readonly wrap: boolean;
  readonly setWrap: (wrap: boolean) => void;
  readonly hideWhitespace: boolean;
  readonly setHideWhitespace: (hide: boolean) => void;
}

/** What stands behind the decision in one line, and how the diff is drawn. */
export function ReviewHead(props: {
  detail: RunDetail;
  diff: Diff;
  /** How many files were looked at. */
  viewed: number;
  tab: Tab;
  onTab: (tab: Tab) => void;
  /** The way to the files where they have no place of their own. */
  files: ReactNode;
  view: DiffView;
}) {
  const { detail, diff, tab, onTab } = props;
  const { split, setLayout, wrap, setWrap, hideWhitespace, setHideWhitespace } = props.view;
  const { run, checkpoints } = detail;
  const proposal = useQuery(
    'proposal.get',
    { id: run.proposalId ?? run.id },
    { enabled: run.proposalId !== null },
  ).data;
  const risk = run.proposalId === null ? undefined : proposal?.proposal.plan?.risk;
  const without = run.status === 'applied' ? leftOutPaths(detail) : [];
  const violations = checkpoints.reduce((sum, each) => sum + each.policyViolations.length, 0);
  return (
    <div className="flex min-h-40 shrink-0 flex-wrap items-center gap-x-16 gap-y-4 border-b border-line px-12 py-6 text-meta text-ink-2">
      <Segmented<Tab>
        label={strings.tabs.label}
        value={tab}
        onValueChange={onTab}
        segments={tabs.map((value) => ({ value, label: strings.tabs[value] }))}
      />
      {tab === 'changes' ? props.files : null}
      <span className="inline-flex items-center gap-6">
        {strings.head.base}
        <Mono>{`${diff.target}@${diff.baseCommit.slice(0, 7)}`}</Mono>
        {diff.conflicts.length > 0 ? (
          <span className="font-medium text-danger-text">
            {strings.head.conflicts(diff.conflicts.length)}
          </span>
        ) : diff.targetAhead > 0 ? (
          <span>{strings.head.ahead(diff.targetAhead, diff.target)}</span>
        ) : (
          <span className="inline-flex items-center gap-2 text-success-text">
            <Check aria-hidden size={14} strokeWidth={2} />
            {strings.head.clean}
          </span>
        )}
      </span>
      <span className="inline-flex items-center gap-6">
        {strings.head.tests}
        <TestVerdict run={run} />
      </span>
      <span className="inline-flex items-center gap-6">
        {strings.head.policy}
        <span className={violations > 0 ? 'font-medium text-danger-text' : 'text-ink'}>
          {checkpoints.length === 0
            ? strings.head.policyNone
            : violations > 0
              ? strings.head.policyBad(violations)
              : strings.head.policyOk}
        </span>
      </span>
      {without.length > 0 ? (
        <span className="font-medium text-ink" title={without.join('\n')}>
          {strings.head.appliedWithout(without.length)}
        </span>
      ) : null}
      {risk ? <span>{strings.head.risk(labels.risk[risk].toLowerCase())}</span> : null}
      <span className="tabular-nums">{strings.files.viewed(props.viewed, diff.files.length)}</span>
      {tab === 'changes' ? (
        <span className="ms-auto inline-flex items-center gap-4">
          <IconButton
            icon={WrapText}
            size="small"
            label={strings.view.wrap}
            keys="w"
            aria-pressed={wrap}
            onClick={() => {
              setWrap(!wrap);
            }}
          />
          <IconButton
            icon={Pilcrow}
            size="small"
            label={strings.view.whitespace}
            keys="i"
            aria-pressed={hideWhitespace}
            onClick={() => {
              setHideWhitespace(!hideWhitespace);
            }}
          />
          <Segmented
            label={strings.view.layout}
            value={split ? 'split' : 'unified'}
            onValueChange={setLayout}
            segments={[
              { value: 'unified', label: strings.view.unified },
              { value: 'split', label: strings.view.split },
            ]}
          />
        </span>
      ) : null}
    </div>
  );
}

/** Files that the last apply did not bring as a whole, from the decision on it. */
function leftOutPaths({ decisions }: RunDetail): readonly string[] {
  const applied = decisions.findLast(({ action }) => action === 'apply' || action === 'apply_again');
  const leftOut = applied?.snapshot['leftOut'];
  if (!Array.isArray(leftOut)) return [];
  return leftOut.flatMap((each) =>
    typeof each === 'object' && each !== null && 'path' in each && typeof each['path'] === 'string'
      ? [each['path']]
      : [],
  );
}
