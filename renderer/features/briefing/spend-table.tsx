import { spendWords } from '../../../preload/contract/briefing-text.ts';
import type { Briefing } from './briefing-types.ts';
import { strings } from './strings.ts';

const head = 'py-4 text-meta font-regular text-ink-3';
const cell = 'border-t border-line py-6 text-end text-body text-ink-2 tabular-nums';

export function SpendTable({ spend }: { spend: Briefing['spend'] }) {
  return (
    <table className="w-full">
      <thead>
        <tr>
          <th scope="col" className={`${head} text-start`}>
            {strings.account}
          </th>
          <th scope="col" className={`${head} text-end`}>
            {strings.turns}
          </th>
          <th scope="col" className={`${head} text-end`}>
            {strings.tokens}
          </th>
          <th scope="col" className={`${head} text-end`}>
            {strings.cost}
          </th>
        </tr>
      </thead>
      <tbody>
        {spend.map((each) => {
          const { tokens, cost } = spendWords(each);
          return (
            <tr key={each.accountId ?? ''}>
              <th
                scope="row"
                className="border-t border-line py-6 text-start text-body font-regular text-ink"
              >
                {each.name}
              </th>
              <td className={cell}>{each.turns}</td>
              <td className={cell}>{tokens}</td>
              <td className={cell}>{cost}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
