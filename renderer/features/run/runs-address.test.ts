import { expect, it } from 'vitest';
import { readShownRuns, textOfRuns, withToggled, writeShownRuns, type ShownRuns } from './runs-address.ts';

const account = '019a0000-0000-7000-8000-0000000000a1';

it('shows the same runs after an address was written and read again', () => {
  const shown: ShownRuns = {
    show: 'failed',
    filter: { search: '#31 parser', status: ['failed', 'timeout'], account: [account] },
  };
  expect(readShownRuns(writeShownRuns(shown))).toEqual(shown);
});

it('shows a list for an address that is old or mistyped', () => {
  expect(readShownRuns({ show: 'odd', status: 'asleep,failed', accounts: 'mine', q: '' })).toEqual({
    show: 'all',
    filter: { status: ['failed'] },
  });
});

it('tells the same list by the same text, in whatever order it was chosen', () => {
  const some = withToggled(withToggled({}, 'status', 'failed'), 'account', account);
  const same = withToggled(withToggled({}, 'account', account), 'status', 'failed');
  expect(textOfRuns({ show: 'all', filter: some })).toBe(textOfRuns({ show: 'all', filter: same }));
  expect(textOfRuns({ show: 'all', filter: withToggled({ status: ['failed'] }, 'status', 'failed') })).toBe(
    '',
  );
});
